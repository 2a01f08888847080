package org.slash64.connectors.observed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Field;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Observed;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.SessionObserved;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.schemas.Address;
import org.slash64.schemas.DkimMaterial;
import org.slash64.schemas.DkimSignature;
import org.slash64.schemas.DkimSigned;

/** Reads the lines that {@link ObservedLines} writes. Whose seal does not fit can say what was seen, but no verdicts. */
public final class ObservedParser implements LogParser {

    static final String PROGRAM = "slash64/milter";

    private static final String SOURCE = "milter";

    /** Domains of one header field, and signatures, that are taken over. */
    private static final int MAX_LIST = 20;

    private static final ObjectReader JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(Seen.class);

    private final Optional<Seal> seal;

    /** @param seal of this pipeline's milters; empty where verdicts are not wanted */
    public ObservedParser(Optional<Seal> seal) {
        this.seal = seal;
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean writes(String program) {
        return program.equals(PROGRAM);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        try {
            int end = line.message().lastIndexOf('}') + 1;
            String statement = line.message().substring(0, end);
            Seen seen = JSON.readValue(statement);
            boolean ours = seal.filter(
                            own -> own.fits(line.message().substring(end).strip(), line.host(), line.time(), statement))
                    .isPresent();
            return seen == null ? broken("there is no JSON object") : fact(seen, ours);
        } catch (JsonProcessingException e) {
            return broken("no JSON of slash64's milter: " + e.getOriginalMessage());
        } catch (DateTimeException e) {
            return broken("a time that is none: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return broken("bytes that are no Base64: " + e.getMessage());
        }
    }

    private static Malformed broken(String detail) {
        return new Malformed(new LineError(LineError.Reason.BROKEN_STATEMENT, SafeText.of(detail)));
    }

    private static SmtpFact fact(Seen seen, boolean ours) {
        if (seen.session() == null || seen.session().isEmpty() || seen.connected() == null) {
            return broken("session and connected are missing");
        }
        if (seen.client() == null) {
            return new Ignored(Why.LOCAL_ORIGIN);
        }
        Optional<Address> client = Address.parse(seen.client());
        if (client.isEmpty()) {
            return new Malformed(
                    new LineError(LineError.Reason.BAD_CLIENT_ADDRESS, SafeText.of("no address: " + seen.client())));
        }
        String service = seen.daemon() == null ? SOURCE : safe(seen.daemon()).toLowerCase(Locale.ROOT);
        Session session = new Session(service, safe(seen.session()), client.get(), safe(seen.clientName()));
        return Seen.MESSAGE.equals(seen.saw()) ? message(seen, session, ours) : session(seen, session);
    }

    private static SmtpFact session(Seen seen, Session session) {
        return Seen.SESSION.equals(seen.saw())
                ? new SessionObserved(session, Instant.parse(seen.connected()), envelope(seen), tls(seen))
                : new Ignored(Why.UNKNOWN_STATEMENT);
    }

    private static SmtpFact message(Seen seen, Session session, boolean ours) {
        if (seen.started() == null || seen.mailFrom() == null || seen.recipients() == null || seen.size() == null) {
            return broken("started, mailFrom, recipients or size is missing");
        }
        return new Observed(
                session,
                Instant.parse(seen.connected()),
                Instant.parse(seen.started()),
                seen.number(),
                safe(seen.queueId()),
                envelope(seen),
                safe(seen.messageId()),
                seen.size(),
                seen.recipients(),
                tls(seen),
                headers(seen),
                dkim(seen.dkim()),
                ours && seen.verdicts() != null
                        ? VerdictsJson.read(seen.verdicts().toString()).orElse(null)
                        : null,
                refusal(seen.refused()));
    }

    private static Envelope envelope(Seen seen) {
        return new Envelope(safe(seen.mailFrom()), null, null, safe(seen.helo()), safe(seen.sasl()));
    }

    private static Tls tls(Seen seen) {
        return new Tls(safe(seen.tls()), null, List.of());
    }

    private static Map<Field, List<String>> headers(Seen seen) {
        Map<Field, List<String>> headers = new EnumMap<>(Field.class);
        put(headers, Field.FROM, seen.from());
        put(headers, Field.REPLY_TO, seen.replyTo());
        put(headers, Field.SENDER, seen.sender());
        return headers;
    }

    private static void put(Map<Field, List<String>> headers, Field field, List<String> domains) {
        if (domains != null && !domains.isEmpty()) {
            headers.put(
                    field, firsts(domains).stream().map(ObservedParser::text).toList());
        }
    }

    private static <T> List<T> firsts(List<T> list) {
        return list.subList(0, Math.min(list.size(), MAX_LIST));
    }

    private static Reply refusal(Seen.Refused refused) {
        return refused == null ? null : new Reply(refused.code(), safe(refused.status()), text(refused.text()));
    }

    private static DkimMaterial dkim(Seen.Dkim dkim) {
        if (dkim == null) {
            return null;
        }
        List<Seen.Signature> signatures = dkim.signatures() == null ? List.of() : dkim.signatures();
        return new DkimMaterial(
                firsts(signatures).stream()
                        .filter(signature -> signature != null)
                        .map(ObservedParser::signature)
                        .toList(),
                dkim.passedOver(),
                dkim.fromFields());
    }

    private static DkimSignature signature(Seen.Signature signature) {
        return new DkimSignature(
                text(signature.d()),
                text(signature.s()),
                text(signature.i()),
                text(signature.a()),
                signed(signature),
                Boolean.TRUE.equals(signature.policy()),
                safe(signature.reason()));
    }

    private static DkimSigned signed(Seen.Signature signature) {
        if (signature.hash() == null || signature.body() == null || signature.bh() == null || signature.b() == null) {
            return null;
        }
        return new DkimSigned(
                bytes(signature.hash()),
                bytes(signature.body()),
                bytes(signature.bh()),
                bytes(signature.b()),
                signature.t(),
                signature.x(),
                signature.unsigned() == null ? 0 : signature.unsigned());
    }

    private static ByteBuffer bytes(String base64) {
        return ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    }

    private static String safe(String text) {
        return text == null ? null : SafeText.of(text);
    }

    private static String text(String text) {
        return text == null ? "" : SafeText.of(text);
    }
}
