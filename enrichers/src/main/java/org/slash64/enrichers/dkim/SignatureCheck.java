package org.slash64.enrichers.dkim;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;

/** Whether a signature over a finished hash fits a key. */
final class SignatureCheck {
    /** The DigestInfo of RFC 8017 section 9.2 up to the digest. */
    private static final byte[] SHA1_INFO = HexFormat.of().parseHex("3021300906052b0e03021a05000414");

    private static final byte[] SHA256_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
    /** 00 01, eight bytes FF or more, 00: RFC 8017 section 9.2. */
    private static final int MIN_PADDING = 11;

    private SignatureCheck() {}

    static boolean fits(Complete signature, PublicKey key) {
        byte[] hash = signature.headerHash().toArray();
        byte[] value = signature.signature().toArray();
        return switch (signature.algorithm()) {
            case RSA_SHA1 -> fitsRsa(value, SHA1_INFO, hash, (RSAPublicKey) key);
            case RSA_SHA256 -> fitsRsa(value, SHA256_INFO, hash, (RSAPublicKey) key);
            case ED25519_SHA256 -> fitsEd25519(value, hash, key);
        };
    }

    /**
     * RFC 8017 section 8.2.2. Java's own takes a finished hash only through a cipher that is looked up and set up anew
     * each time; all values here are public, and the padding is not parsed but compared whole.
     */
    private static boolean fitsRsa(byte[] value, byte[] info, byte[] hash, RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        int length = (modulus.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        BigInteger signature = new BigInteger(1, value);
        if (value.length != length
                || signature.compareTo(modulus) >= 0
                || length < info.length + hash.length + MIN_PADDING) {
            return false;
        }
        byte[] expected = encoded(info, hash, length);
        return signature.modPow(key.getPublicExponent(), modulus).equals(new BigInteger(1, expected));
    }

    /** EMSA-PKCS1-v1_5, RFC 8017 section 9.2. */
    private static byte[] encoded(byte[] info, byte[] hash, int length) {
        byte[] encoded = new byte[length];
        int start = length - info.length - hash.length;
        Arrays.fill(encoded, 2, start - 1, (byte) 0xff);
        encoded[1] = 1;
        System.arraycopy(info, 0, encoded, start, info.length);
        System.arraycopy(hash, 0, encoded, length - hash.length, hash.length);
        return encoded;
    }

    /** RFC 8463 section 3: the hash is what is signed. */
    private static boolean fitsEd25519(byte[] value, byte[] hash, PublicKey key) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(hash);
            return verifier.verify(value);
        } catch (GeneralSecurityException e) { // a signature of another length, for one
            return false;
        }
    }
}
