package org.slash64.enrichers.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** Values of a=, RFC 6376 section 3.3 and RFC 8463 section 3. */
public enum SigningAlgorithm {
    /** Historic: RFC 8301 section 3.1 forbids to sign with it and to accept it. */
    RSA_SHA1("rsa", "sha1", "SHA-1"),
    /** RSASSA-PKCS1-v1_5 over SHA-256. */
    RSA_SHA256("rsa", "sha256", "SHA-256"),
    /** Ed25519 over the SHA-256 digest. */
    ED25519_SHA256("ed25519", "sha256", "SHA-256");

    private final String keyType;
    private final String hash;
    private final String digestName;

    SigningAlgorithm(String keyType, String hash, String digestName) {
        this.keyType = keyType;
        this.hash = hash;
        this.digestName = digestName;
    }

    /** As in a=. */
    public String text() {
        return keyType + "-" + hash;
    }

    /** As in k= of the key record. */
    public String keyType() {
        return keyType;
    }

    /** As in h= of the key record. */
    public String hash() {
        return hash;
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(digestName);
        } catch (NoSuchAlgorithmException e) { // every Java platform has both
            throw new IllegalStateException(e);
        }
    }

    /** The algorithm of this name, which is case-sensitive (RFC 6376 section 3.2). */
    public static Optional<SigningAlgorithm> of(String text) {
        for (SigningAlgorithm algorithm : values()) {
            if (algorithm.text().equals(text)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
