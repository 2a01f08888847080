package org.slash64.enrichers.dkim;

import java.util.Set;

/**
 * The verdict on one signature.
 *
 * @param status the verdict; never {@link DkimStatus#NONE}
 * @param signer who claims to have signed; only {@link DkimStatus#PASS} proves it
 * @param keyBits length of the key, 0 when there is none
 * @param flags what else to know
 * @param reason how the verdict came about, in words for people and safe to print
 */
public record DkimResult(DkimStatus status, Signer signer, int keyBits, Set<DkimFlag> flags, String reason) {
    /** Copies the set. */
    public DkimResult {
        flags = Set.copyOf(flags);
    }

    static DkimResult without(DkimStatus status, Signer signer, String reason) {
        return new DkimResult(status, signer, 0, Set.of(), reason);
    }
}
