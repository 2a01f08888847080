package org.slash64.enrichers.dkim;

import java.time.Instant;
import java.util.Optional;

/** What one DKIM-Signature field and its message come to, without the message. Small: a few hundred bytes. */
public sealed interface SignatureMaterial {

    /** Who claims to have signed. */
    Signer signer();

    /**
     * A signature that its key decides on.
     *
     * @param algorithm a=
     * @param headerHash hash of the canonicalized header fields and of the signature field itself (RFC 6376 section
     *     3.7), 20 or 32 bytes
     * @param bodyHash hash of the canonicalized body, up to l= where there is one
     * @param signedBodyHash bh=
     * @param signature b=
     * @param signedAt t=, in seconds
     * @param expiresAt x=, in seconds; empty also for times of more than 12 digits (RFC 6376 section 3.5)
     * @param unsignedBytes bytes of the canonicalized body after those that l= covers
     */
    record Complete(
            Signer signer,
            SigningAlgorithm algorithm,
            Octets headerHash,
            Octets bodyHash,
            Octets signedBodyHash,
            Octets signature,
            Optional<Instant> signedAt,
            Optional<Instant> expiresAt,
            long unsignedBytes)
            implements SignatureMaterial {}

    /**
     * A signature that no key can save.
     *
     * @param status {@link DkimStatus#PERMERROR}, or {@link DkimStatus#POLICY} for a limit of ours
     * @param reason why, in words for people and safe to print
     */
    record Unusable(Signer signer, DkimStatus status, String reason) implements SignatureMaterial {}
}
