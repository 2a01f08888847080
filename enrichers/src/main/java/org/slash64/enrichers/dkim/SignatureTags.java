package org.slash64.enrichers.dkim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tags of a DKIM-Signature field that keeps to RFC 6376 section 3.5.
 *
 * @param headers names in h=, in lower case
 * @param bodyLength bytes of the body that are signed: l=, or {@link Long#MAX_VALUE} without it
 */
record SignatureTags(
        Signer signer,
        SigningAlgorithm algorithm,
        Canonicalization headerCanonicalization,
        Canonicalization bodyCanonicalization,
        List<String> headers,
        Octets signature,
        Octets signedBodyHash,
        long bodyLength,
        Optional<Instant> signedAt,
        Optional<Instant> expiresAt) {}
