package org.slash64.connectors.milter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dkim.DkimMaterial;

/**
 * A message at its end, without its content. Texts have at most 1,000 characters and no control characters; empty is what
 * was not seen.
 *
 * @param session in which it came, as of the end of the message
 * @param number of the message in its session, from 1
 * @param started when MAIL came, by this machine's clock
 * @param time when the message ended
 * @param queueId the macro {@code i}
 * @param mailFrom envelope sender without angle brackets; the empty string is the null sender
 * @param recipients envelope recipients that the mail server accepted, without angle brackets, the first of them
 * @param recipientCount how many there were
 * @param saslMethod {@code {auth_type}} of an authenticated session
 * @param saslUser {@code {auth_authen}}
 * @param messageId Message-ID without its angle brackets
 * @param size bytes of header and body, each line end two
 * @param fromDomains domains of the addresses in the From fields as written there
 * @param replyToDomains likewise of Reply-To
 * @param senderDomains likewise of Sender
 * @param dkim material to verify signatures with
 */
public record Message(
        Session session,
        int number,
        Instant started,
        Instant time,
        Optional<String> queueId,
        String mailFrom,
        List<String> recipients,
        int recipientCount,
        Optional<String> saslMethod,
        Optional<String> saslUser,
        Optional<String> messageId,
        long size,
        List<String> fromDomains,
        List<String> replyToDomains,
        List<String> senderDomains,
        DkimMaterial dkim) {
    /** Copies the lists. */
    public Message {
        recipients = List.copyOf(recipients);
        fromDomains = List.copyOf(fromDomains);
        replyToDomains = List.copyOf(replyToDomains);
        senderDomains = List.copyOf(senderDomains);
    }
}
