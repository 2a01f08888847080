package org.slash64.connectors.milter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.verdict.AngleAddress;

/** Sender and recipients of a message as they come. */
final class Envelope {

    /** Recipients whose addresses are kept; RFC 5321 section 4.5.3.1.8 has a server take 100. */
    static final int MAX_KEPT = 100;

    private final Instant started;
    private final String sender;
    private final List<String> recipients = new ArrayList<>();
    private int count;

    Envelope(Payload mail, Instant started) throws MilterProtocolException {
        this.sender = address(mail.text());
        this.started = started;
    }

    void recipient(Payload payload) throws MilterProtocolException {
        String recipient = address(payload.text());
        count++;
        if (recipients.size() < MAX_KEPT) {
            recipients.add(recipient);
        }
    }

    /** Mail servers hand paths on with their angle brackets, or without where the client left them out. */
    private static String address(String path) {
        String text = path.strip();
        int end = text.startsWith("<") ? AngleAddress.end(text, 0) : -1;
        return SafeText.of(end > 0 ? text.substring(1, end - 1) : text);
    }

    Instant started() {
        return started;
    }

    String sender() {
        return sender;
    }

    List<String> recipients() {
        return recipients;
    }

    int count() {
        return count;
    }
}
