package org.slash64.deploy.bench.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slash64.enrichers.dkim.DkimCollector;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.LineEnds;

/**
 * Seeded keys and messages signed with them. The messages are such that canonicalization changes nothing, so that what is
 * signed can be told without it.
 */
final class DkimSample {

    static final int KEYS = 4;
    static final int MESSAGES = 64;
    static final long SEED = 6376;

    private static final String NAMES = "from:to:subject:date:message-id:mime-version:content-type";

    private final KeyKind kind;
    private final Map<String, String> records = new LinkedHashMap<>();
    private final List<SignedMessage> messages = new ArrayList<>();

    private DkimSample(KeyKind kind) throws GeneralSecurityException {
        this.kind = kind;
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG"); // the one that a seed makes repeatable
        random.setSeed(SEED);
        List<KeyPair> pairs = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            pairs.add(kind.pair(random));
            records.put("sel._domainkey." + domain(key), kind.record(pairs.get(key)));
        }
        for (int number = 0; number < MESSAGES; number++) {
            messages.add(message(number, pairs.get(number % KEYS)));
        }
    }

    static DkimSample of(KeyKind kind) {
        try {
            return new DkimSample(kind);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA and Ed25519 are part of the JDK", e);
        }
    }

    /** Key records by name, names without their last dot. */
    Map<String, String> records() {
        return records;
    }

    List<SignedMessage> messages() {
        return messages;
    }

    private static String domain(int key) {
        return "d" + key + ".example.com";
    }

    private SignedMessage message(int number, KeyPair pair) throws GeneralSecurityException {
        String domain = domain(number % KEYS);
        String header = header(number, domain);
        String body = "This is message " + number + ".\r\n";
        String field = "dkim-signature:v=1; a=" + kind.tag() + "; c=relaxed/relaxed; d=" + domain
                + "; s=sel; t=1700000000;" + " h=" + NAMES + "; bh=" + base64(KeyKind.sha256(latin1(body))) + "; b=";
        byte[] input = kind.input(latin1(header + field));
        byte[] signature = sign(pair, input);
        String message = field + base64(signature) + "\r\n" + header + "\r\n" + body;
        return new SignedMessage(collect(latin1(message)), pair.getPublic(), input, signature);
    }

    private static String header(int number, String domain) {
        return "from:Sender of all kinds of news <news-" + number + "@" + domain + ">\r\n"
                + "to:Reader of all kinds of news <reader-" + number + "@example.net>\r\n"
                + "subject:All the news of the week that a reader may want, number " + number + "\r\n"
                + "date:Tue, 14 Nov 2023 22:13:20 +0000\r\n"
                + "message-id:<20231114221320." + number + "@" + domain + ">\r\n"
                + "mime-version:1.0\r\n"
                + "content-type:text/plain; charset=utf-8\r\n";
    }

    private byte[] sign(KeyPair pair, byte[] input) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(kind.signature());
        signer.initSign(pair.getPrivate());
        signer.update(input);
        return signer.sign();
    }

    private static DkimMaterial collect(byte[] message) {
        DkimCollector collector = new DkimCollector(LineEnds.CRLF);
        collector.accept(message, 0, message.length);
        return collector.finish();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
