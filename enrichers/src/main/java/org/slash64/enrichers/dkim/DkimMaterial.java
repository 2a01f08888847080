package org.slash64.enrichers.dkim;

import java.util.List;

/**
 * All that verifying needs of a message.
 *
 * @param signatures those evaluated, from the top of the header
 * @param passedOver signatures beyond {@link DkimLimits#maxSignatures()}
 * @param fromFields From fields; any number but one is against RFC 5322 section 3.6 (RFC 6376 section 8.15)
 */
public record DkimMaterial(List<SignatureMaterial> signatures, int passedOver, int fromFields) {
    /** Copies the list. */
    public DkimMaterial {
        signatures = List.copyOf(signatures);
    }
}
