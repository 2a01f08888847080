package org.slash64.enrichers.dkim;

import java.util.List;

/**
 * What was found of a key.
 *
 * @param name where it is looked for, {@code selector._domainkey.domain} without the dot at the end; for {@link
 *     DkimKeyStatus#INVALID} as it was given, which may hold anything
 * @param status what is there
 * @param type {@code rsa} or {@code ed25519}; empty unless it is {@linkplain DkimKeyStatus#USABLE usable}
 * @param bits length of the RSA modulus, 256 for Ed25519; 0 unless usable
 * @param hashes h=; empty for any
 * @param testing t= has y: the domain only tests DKIM
 * @param records TXT records at the name, of which there should be one (RFC 6376 section 3.6.2.2)
 * @param reason why it is not usable, in words for people and safe to print; empty where it is
 */
public record DkimKeyReport(
        String name,
        DkimKeyStatus status,
        String type,
        int bits,
        List<String> hashes,
        boolean testing,
        int records,
        String reason) {
    /** Copies the list. */
    public DkimKeyReport {
        hashes = List.copyOf(hashes);
    }

    static DkimKeyReport without(String name, DkimKeyStatus status, int records, String reason) {
        return new DkimKeyReport(name, status, "", 0, List.of(), false, records, reason);
    }

    /** What a record holds. */
    static DkimKeyReport of(String name, KeyRecord record, int records) {
        if (record instanceof KeyRecord.Usable key) {
            return new DkimKeyReport(
                    name, DkimKeyStatus.USABLE, key.type(), key.bits(), key.hashes(), key.testing(), records, "");
        }
        String reason = ((KeyRecord.Unusable) record).reason();
        return without(
                name,
                record.equals(KeyRecord.REVOKED) ? DkimKeyStatus.REVOKED : DkimKeyStatus.UNUSABLE,
                records,
                reason);
    }
}
