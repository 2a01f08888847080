package org.slash64.enrichers.dkim;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The data of p=. */
final class PublicKeys {
    /** RFC 6376 section 3.3.3 has verifiers take 512 bits and more; Java has no shorter keys. */
    static final int MIN_RSA_BITS = 512;
    /** Java's own limit; a signature of this length is verified within some milliseconds. */
    static final int MAX_RSA_BITS = 16_384;
    /** The work grows with the exponent; 65537 is usual, and Java holds long keys to this too. */
    static final int MAX_EXPONENT_BITS = 64;

    private static final int ED25519_BYTES = 32;
    private static final int ED25519_BITS = 256;

    private static final byte SEQUENCE = 0x30;
    private static final byte BIT_STRING = 0x03;
    private static final byte INTEGER = 0x02;
    private static final int LONG_LENGTH = 0x80;
    /** AlgorithmIdentifier rsaEncryption, RFC 3279 section 2.3.1. */
    private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** A SubjectPublicKeyInfo up to the key, RFC 8410 section 4. */
    private static final byte[] ED25519_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private PublicKeys() {}

    /** Of a SubjectPublicKeyInfo, which most publish, or an RSAPublicKey, as RFC 6376 section 3.6.1 has it. */
    static PublicKey rsa(byte[] data) throws DkimSyntaxException {
        RSAPublicKey key = (RSAPublicKey) key("RSA", isBareRsa(data) ? wrap(data) : data);
        int bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS
                || bits > MAX_RSA_BITS
                || key.getPublicExponent().bitLength() > MAX_EXPONENT_BITS) {
            throw new DkimSyntaxException("an RSA key of " + bits + " bits, or its exponent, is beyond the limits");
        }
        return key;
    }

    /** Of 32 bytes, RFC 8463 section 4. */
    static PublicKey ed25519(byte[] data) throws DkimSyntaxException {
        if (data.length != ED25519_BYTES) {
            throw new DkimSyntaxException("an Ed25519 key has 32 bytes");
        }
        return key("Ed25519", concat(ED25519_INFO, data));
    }

    static int bits(PublicKey key) {
        return key instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : ED25519_BITS;
    }

    private static PublicKey key(String type, byte[] info) throws DkimSyntaxException {
        try {
            return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(info));
        } catch (GeneralSecurityException e) {
            throw new DkimSyntaxException("p= is no usable key");
        }
    }

    /** A SEQUENCE that starts with the INTEGER of the modulus, not with the SEQUENCE of an algorithm. */
    private static boolean isBareRsa(byte[] data) {
        if (data.length < 2 || data[0] != SEQUENCE) {
            return false;
        }
        int lengthBytes = (data[1] & LONG_LENGTH) == 0 ? 0 : data[1] & ~LONG_LENGTH & 0xff;
        return data.length > 2 + lengthBytes && data[2 + lengthBytes] == INTEGER;
    }

    private static byte[] wrap(byte[] rsaPublicKey) {
        byte[] noUnusedBits = {0};
        return der(SEQUENCE, concat(RSA_ENCRYPTION, der(BIT_STRING, concat(noUnusedBits, rsaPublicKey))));
    }

    private static byte[] der(byte tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length > 0xff) { // the shortest form that fits; a key record is far under 64 KiB
            out.write(LONG_LENGTH | 2);
            out.write(content.length >> 8);
        } else if (content.length >= LONG_LENGTH) {
            out.write(LONG_LENGTH | 1);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
