package org.slash64.enrichers.dkim;

/**
 * Bounds of what is collected from one message.
 *
 * @param maxSignatures signatures evaluated, from the top of the header; the others are counted only
 * @param maxHeaderBytes length of the header, which is held in memory; signatures of a longer one are not evaluated
 * @param maxFields header fields; signatures of a header with more are not evaluated
 */
public record DkimLimits(int maxSignatures, int maxHeaderBytes, int maxFields) {
    /** 5 signatures, as rspamd ({@code max_sigs}); a header of 1 MiB and 10,000 fields, far over what servers take. */
    public static final DkimLimits DEFAULTS = new DkimLimits(5, 1 << 20, 10_000);

    /** Refuses what would never evaluate anything. */
    public DkimLimits {
        if (maxSignatures < 1 || maxHeaderBytes < 1 || maxFields < 1) {
            throw new IllegalArgumentException("a limit of DKIM is not positive");
        }
    }

    /** The same with another number of signatures. */
    public DkimLimits withSignatures(int newMaxSignatures) {
        return new DkimLimits(newMaxSignatures, maxHeaderBytes, maxFields);
    }
}
