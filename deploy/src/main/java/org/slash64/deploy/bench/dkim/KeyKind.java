package org.slash64.deploy.bench.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Both kinds of DKIM key and how the JDK signs with them. */
enum KeyKind {
    /** RFC 6376 section 3.3. */
    RSA("RSA-2048", "rsa-sha256", "SHA256withRSA"),
    /** RFC 8463: what is signed is the hash. */
    ED25519("Ed25519", "ed25519-sha256", "Ed25519");

    private static final int RSA_BITS = 2_048;
    /** A SubjectPublicKeyInfo of Ed25519 ends with the key: RFC 8410 section 4. */
    private static final int ED25519_BYTES = 32;

    private final String label;
    private final String tag;
    private final String signature;

    KeyKind(String label, String tag, String signature) {
        this.label = label;
        this.tag = tag;
        this.signature = signature;
    }

    static KeyKind of(String label) {
        return label.equals(RSA.label) ? RSA : ED25519;
    }

    String label() {
        return label;
    }

    /** For a=. */
    String tag() {
        return tag;
    }

    /** The JDK's name of the algorithm. */
    String signature() {
        return signature;
    }

    /** The bytes that the algorithm is applied to. */
    byte[] input(byte[] signed) {
        return this == RSA ? signed : sha256(signed);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** As a seeded generator of random numbers has it. */
    KeyPair pair(SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(this == RSA ? "RSA" : "Ed25519");
        generator.initialize(this == RSA ? RSA_BITS : Byte.SIZE * ED25519_BYTES - 1, random);
        return generator.generateKeyPair();
    }

    /** The key record of a pair. */
    String record(KeyPair pair) {
        byte[] info = pair.getPublic().getEncoded();
        byte[] key = this == RSA ? info : Arrays.copyOfRange(info, info.length - ED25519_BYTES, info.length);
        return "v=DKIM1; k=" + (this == RSA ? "rsa" : "ed25519") + "; p="
                + Base64.getEncoder().encodeToString(key);
    }
}
