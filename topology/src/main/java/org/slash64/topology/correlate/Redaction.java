package org.slash64.topology.correlate;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slash64.schemas.EventField;
import org.slash64.schemas.InlineVerdicts;
import org.slash64.schemas.MissingField;
import org.slash64.schemas.MissingReason;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SpfIdentity;

/**
 * Takes the local parts of addresses out of events before they are written. Domains stay, since they are what is judged, and
 * so does the null sender. Texts of refusals quote addresses, so they are gone through too. One thread at a time.
 */
final class Redaction {

    /** 64 bits: two local parts of a site hardly ever come to the same. */
    private static final int HASH_BYTES = 8;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_TEXT = 1_000; // as the schema of events promises
    private static final String DROPPED = "redacted";

    private final RedactionSettings settings;
    private final Mac mac;

    Redaction(RedactionSettings settings) {
        this.settings = settings;
        this.mac = settings.localParts() == RedactionSettings.LocalParts.HASH ? keyed(settings.key()) : null;
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM + " and takes any key", e);
        }
    }

    /** Changes the event, and notes in it what is missing now. */
    void apply(SmtpEvent event) {
        if (settings.localParts() == RedactionSettings.LocalParts.KEEP) {
            return;
        }
        List<MissingField> missing = new ArrayList<>(event.getMissing());
        redactVerdicts(event);
        event.setMailFrom(redacted(event.getMailFrom(), EventField.MAIL_FROM, missing));
        event.setRcptTo(redacted(event.getRcptTo(), EventField.RCPT_TO, missing));
        event.setReason(inText(event.getReason(), missing));
        event.setMissing(missing);
    }

    /** Macros bring local parts into SPF's targets, and so into what a verdict says; without it, it is reached anew. */
    private static void redactVerdicts(SmtpEvent event) {
        InlineVerdicts verdicts = event.getInlineVerdicts();
        if (verdicts != null
                && event.getMailFrom() != null
                && !event.getMailFrom().isEmpty()) {
            event.setInlineVerdicts(InlineVerdicts.newBuilder(verdicts)
                    .setSpf(verdicts.getSpf().stream()
                            .filter(verdict -> verdict.getIdentity() != SpfIdentity.MAIL_FROM)
                            .toList())
                    .build());
        }
    }

    private String redacted(String address, EventField field, List<MissingField> missing) {
        if (address == null || address.isEmpty()) {
            return address;
        }
        missing.add(new MissingField(field, MissingReason.REDACTED));
        int at = address.lastIndexOf('@');
        return at < 0 ? stand(address) : stand(address.substring(0, at)) + address.substring(at);
    }

    /** What stands for a local part: a hash that is the same for the same local part, or one word for all. */
    private String stand(String localPart) {
        return mac == null
                ? DROPPED
                : HexFormat.of().formatHex(mac.doFinal(localPart.getBytes(StandardCharsets.UTF_8)), 0, HASH_BYTES);
    }

    private String inText(String text, List<MissingField> missing) {
        if (text == null || text.indexOf('@') < 0) {
            return text;
        }
        StringBuilder redacted = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = localPartStart(text, from, at);
            redacted.append(text, from, start);
            if (start < at) {
                redacted.append(stand(text.substring(start, at)));
            }
            from = at;
        }
        missing.add(new MissingField(EventField.REASON, MissingReason.REDACTED));
        String whole = redacted.append(text, from, text.length()).toString();
        return whole.length() > MAX_TEXT ? whole.substring(0, MAX_TEXT) : whole;
    }

    /** A quoted local part begins at its quote; another one behind whatever it can't hold (RFC 5321 section 4.1.2). */
    private static int localPartStart(String text, int from, int at) {
        if (at > from && text.charAt(at - 1) == '"') {
            int quote = text.lastIndexOf('"', at - 2);
            return quote < from ? from : quote;
        }
        int start = at;
        while (start > from && isLocalPartCharacter(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isLocalPartCharacter(char c) {
        return c > ' ' && "<>()[]\\,;:\"@".indexOf(c) < 0;
    }
}
