package org.slash64.connectors.observed;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells lines of this pipeline's own milters from those that somebody else wrote into the log: HMAC-SHA256 (RFC 2104) over
 * host, time and statement, under a key that milter and correlation share. Any thread.
 */
public final class Seal {

    /** Of a key that is made: as many as the hash has (RFC 2104 section 3). */
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key {@link #KEY_BYTES} random bytes, or any others but none */
    public Seal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** What stands behind the statement in its line. */
    String of(String host, Instant time, String statement) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(host, time, statement));
    }

    /** True where whoever made the seal has the key. */
    boolean fits(String seal, String host, Instant time, String statement) {
        byte[] expected = of(host, time, statement).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, seal.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] bytes(String host, Instant time, String statement) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((host + ' ' + time + ' ' + statement).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM + " and takes any key", e);
        }
    }
}
