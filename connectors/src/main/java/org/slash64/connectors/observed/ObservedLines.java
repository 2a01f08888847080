package org.slash64.connectors.observed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Checked;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.inline.Settled;
import org.slash64.connectors.log.SyslogHost;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.connectors.milter.Message;
import org.slash64.connectors.milter.Observed;
import org.slash64.connectors.milter.Session;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Octets;
import org.slash64.enrichers.dkim.SignatureMaterial;
import org.slash64.schemas.Address;
import org.slash64.schemas.InlineVerdicts;

/**
 * Writes what the milter saw as a line for the topic smtp.log, with a syslog header, one JSON object, and, where that has
 * verdicts, a {@link Seal}.
 */
public final class ObservedLines {

    private static final ObjectMapper JSON = new JsonMapper();

    /** What the longest RSA key in use makes, of 16,384 bits; b= can be as long as a header. */
    private static final int MAX_SIGNATURE = 2_048;

    /** SHA-512's; bh= likewise. */
    private static final int MAX_HASH = 64;

    /** Of a mail server that does not say its name; lines without a host have the same. */
    private static final String NOBODY = "localhost";

    private final Optional<String> logHost;
    private final long pid;
    private final Seal seal;

    /**
     * @param logHost name by which the mail server's host stands in its log; empty for the first label of the name that
     *     the mail server gives itself
     * @param pid of this process
     * @param seal by which who reads the line knows that its verdicts are slash64's own
     */
    public ObservedLines(Optional<String> logHost, long pid, Seal seal) {
        this.logHost = logHost;
        this.pid = pid;
        this.seal = seal;
    }

    /** The host under which the line stands in the log. */
    String host(Observed observed) {
        Session session = observed instanceof Observed.MessageSeen message
                ? message.message().session()
                : ((Observed.SessionSeen) observed).session();
        return host(session);
    }

    private String host(Session session) {
        return logHost.or(session::host)
                .filter(SyslogHost::isNamed)
                .map(SyslogHost::shortened)
                .orElse(NOBODY);
    }

    /** The line without a line end, in UTF-8. */
    public byte[] line(Observed observed) {
        return observed instanceof Observed.MessageSeen message ? line(message) : line((Observed.SessionSeen) observed);
    }

    /** Where a sender makes the line longer than lines may be, what authentication does not need is left out. */
    private byte[] line(Observed.MessageSeen seen) {
        byte[] whole = line(seen, true);
        return whole.length <= SyslogParser.MAX_LINE_BYTES ? whole : line(seen, false);
    }

    private byte[] line(Observed.MessageSeen seen, boolean whole) {
        Message message = seen.message();
        Session session = message.session();
        return line(
                session,
                message.time(),
                new Seen(
                        Seen.MESSAGE,
                        session.id(),
                        message.number(),
                        stamp(session.connected()),
                        stamp(message.started()),
                        session.daemon().orElse(null),
                        session.client().map(Address::toString).orElse(null),
                        session.clientName().orElse(null),
                        session.helo().orElse(null),
                        session.tlsVersion().orElse(null),
                        message.saslMethod().orElse(null),
                        message.queueId().orElse(null),
                        message.mailFrom(),
                        message.recipientCount(),
                        message.messageId().filter(id -> whole).orElse(null),
                        message.size(),
                        message.fromDomains(),
                        whole ? message.replyToDomains() : List.of(),
                        whole ? message.senderDomains() : List.of(),
                        dkim(message.dkim()),
                        seen.opinion()
                                .flatMap(Opinion::checked)
                                .filter(checked -> whole)
                                .map(checked -> verdicts(checked, message.dkim()))
                                .orElse(null),
                        refused(seen.given())));
    }

    private byte[] line(Observed.SessionSeen seen) {
        Session session = seen.session();
        return line(
                session,
                seen.end(),
                new Seen(
                        Seen.SESSION,
                        session.id(),
                        0,
                        stamp(session.connected()),
                        null,
                        session.daemon().orElse(null),
                        session.client().map(Address::toString).orElse(null),
                        session.clientName().orElse(null),
                        session.helo().orElse(null),
                        session.tlsVersion().orElse(null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null));
    }

    /** A line that holds no verdicts needs no seal. */
    private byte[] line(Session session, Instant time, Seen seen) {
        try {
            String host = host(session);
            String statement = JSON.writeValueAsString(seen);
            String header = stamp(time) + ' ' + host + ' ' + ObservedParser.PROGRAM + '[' + pid + "]: ";
            String end =
                    seen.verdicts() == null ? "" : ' ' + seal.of(host, time.truncatedTo(ChronoUnit.MILLIS), statement);
            return (header + statement + end).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers is JSON", e);
        }
    }

    /** Events have milliseconds. */
    private static String stamp(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static Seen.Refused refused(Answer given) {
        Optional<Answer.Reply> reply = given instanceof Answer.Reject reject
                ? Optional.of(reject.reply())
                : given instanceof Answer.Defer defer
                        ? Optional.of(defer.reply())
                        : given instanceof Answer.TryIpv4 retry ? Optional.of(retry.reply()) : Optional.empty();
        return reply.map(said -> new Seen.Refused(said.code(), said.enhanced(), said.text()))
                .orElse(null);
    }

    private static JsonNode verdicts(Checked checked, DkimMaterial material) {
        InlineVerdicts verdicts = Settled.of(checked.at(), checked.client(), checked.findings());
        if (material.signatures().stream().anyMatch(ObservedLines::isTooLong)) {
            verdicts.setDkim(null); // reached by more than the line can have
        }
        try {
            return JSON.readTree(VerdictsJson.write(verdicts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro writes JSON", e);
        }
    }

    private static Seen.Dkim dkim(DkimMaterial material) {
        return new Seen.Dkim(
                material.fromFields(),
                material.passedOver(),
                material.signatures().stream().map(ObservedLines::signature).toList());
    }

    private static Seen.Signature signature(SignatureMaterial material) {
        if (!(material instanceof SignatureMaterial.Complete complete)) {
            return signature((SignatureMaterial.Unusable) material);
        }
        return isTooLong(complete)
                ? signature(
                        new SignatureMaterial.Unusable(complete.signer(), DkimStatus.POLICY, "b= or bh= is too long"))
                : signature(complete);
    }

    private static boolean isTooLong(SignatureMaterial material) {
        return material instanceof SignatureMaterial.Complete complete
                && (complete.signature().toArray().length > MAX_SIGNATURE
                        || complete.signedBodyHash().toArray().length > MAX_HASH);
    }

    private static Seen.Signature signature(SignatureMaterial.Complete signature) {
        return new Seen.Signature(
                signature.signer().domain(),
                signature.signer().selector(),
                signature.signer().identity(),
                signature.signer().algorithm(),
                base64(signature.headerHash()),
                base64(signature.bodyHash()),
                base64(signature.signedBodyHash()),
                base64(signature.signature()),
                signature.signedAt().map(Instant::getEpochSecond).orElse(null),
                signature.expiresAt().map(Instant::getEpochSecond).orElse(null),
                signature.unsignedBytes(),
                null,
                null);
    }

    private static String base64(Octets octets) {
        return Base64.getEncoder().encodeToString(octets.toArray());
    }

    private static Seen.Signature signature(SignatureMaterial.Unusable signature) {
        return new Seen.Signature(
                signature.signer().domain(),
                signature.signer().selector(),
                signature.signer().identity(),
                signature.signer().algorithm(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                signature.status() == DkimStatus.POLICY,
                signature.reason());
    }
}
