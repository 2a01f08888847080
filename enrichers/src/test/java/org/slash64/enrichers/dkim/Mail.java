package org.slash64.enrichers.dkim;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A message that both canonicalizations leave as it is, so that it is signed without them: names in lower case, no
 * white space but single spaces inside values.
 */
final class Mail {
    static final String FROM = "from:joe@example.com\r\n";
    static final String SUBJECT = "subject:dinner is ready\r\n";
    static final String HEADER = FROM + SUBJECT;
    static final String BODY = "Hi.\r\n\r\nWe lost the game.\r\n";

    private Mail() {}

    static byte[] hash(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(Keys.latin1(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String bodyHash(String signed) {
        return Keys.base64(hash("SHA-256", signed));
    }

    /** A signature field with CRLF, by RSA over SHA-256 of From, Subject and itself. */
    static String rsa(KeyPair pair, String tags) {
        return rsa(pair, HEADER, tags);
    }

    /** The same over another header with these two fields. */
    static String rsa(KeyPair pair, String header, String tags) {
        String field = "dkim-signature:v=1; a=rsa-sha256; " + tags + "; h=from:subject; b=";
        return field + Keys.base64(Keys.sign("SHA256withRSA", pair, Keys.latin1(header + field))) + "\r\n";
    }

    /** The same by RSA over SHA-1. */
    static String rsaSha1(KeyPair pair, String tags) {
        String field = "dkim-signature:v=1; a=rsa-sha1; " + tags + "; h=from:subject; b=";
        return field + Keys.base64(Keys.sign("SHA1withRSA", pair, Keys.latin1(HEADER + field))) + "\r\n";
    }

    /** The same by Ed25519. */
    static String ed25519(KeyPair pair, String tags) {
        String field = "dkim-signature:v=1; a=ed25519-sha256; " + tags + "; h=from:subject; b=";
        return field + Keys.base64(Keys.sign("Ed25519", pair, hash("SHA-256", HEADER + field))) + "\r\n";
    }

    /** Tags of a signature by example.com over a body. */
    static String tags(String body) {
        return "c=relaxed/relaxed; d=example.com; s=sel; bh=" + bodyHash(body);
    }

    static DkimMaterial collect(String message) {
        return collect(message, DkimLimits.DEFAULTS);
    }

    static DkimMaterial collect(String message, DkimLimits limits) {
        DkimCollector collector = new DkimCollector(LineEnds.CRLF, limits);
        byte[] bytes = Keys.latin1(message);
        collector.accept(bytes, 0, bytes.length);
        return collector.finish();
    }
}
