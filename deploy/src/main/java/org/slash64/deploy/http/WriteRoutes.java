package org.slash64.deploy.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.Subject;
import org.slash64.topology.feedback.EventId;
import org.slash64.topology.feedback.FeedbackTally;

/** What people may decide, with the token: list, delist, allow, disallow, and feedback of any kind. */
public final class WriteRoutes implements Routes {

    /** The steps cut texts to this. */
    private static final int MAX_TEXT = 256;

    private static final String BEARER = "Bearer ";

    /** About whom, why, and who says so. */
    record Order(String subject, String comment, String by) {}

    /**
     * Feedback as the topic has it.
     *
     * @param kind as the schema has it, in any case
     * @param at when it was found out; now where it is left out
     */
    record Said(String subject, String kind, String feedbackType, Instant at, String comment, String by) {}

    private final Optional<String> token;
    private final Orders orders;
    private final Clock clock;
    private final ObjectMapper json = Json.mapper();

    /** @param token empty where nobody may write */
    public WriteRoutes(Optional<String> token, Orders orders, Clock clock) {
        this.token = token;
        this.orders = orders;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/list", request -> decide(request, FeedbackKind.LIST));
        routes.post("/api/delist", request -> decide(request, FeedbackKind.DELIST));
        routes.post("/api/allow", request -> allow(request, true));
        routes.post("/api/disallow", request -> allow(request, false));
        routes.post("/api/feedback", this::feedback);
    }

    private void decide(Context request, FeedbackKind kind) {
        Order order = read(request, Order.class);
        send(
                request,
                new Feedback(
                        subject(order.subject()),
                        kind,
                        null,
                        clock.instant(),
                        who(order.by()),
                        text("comment", order.comment())));
    }

    private void feedback(Context request) {
        Said said = read(request, Said.class);
        Instant now = clock.instant();
        if (said.at() != null && said.at().isAfter(now)) {
            throw new Refusal(400, "the field at is in the future");
        }
        String type = text("feedbackType", said.feedbackType());
        send(
                request,
                new Feedback(
                        subject(said.subject()),
                        kind(said.kind()),
                        type.isEmpty() ? null : type,
                        said.at() == null ? now : said.at(),
                        who(said.by()),
                        text("comment", said.comment())));
    }

    private void send(Context request, Feedback feedback) {
        orders.send(feedback);
        accepted(request, feedback.getSubject());
    }

    private void allow(Context request, boolean allowed) {
        Order order = read(request, Order.class);
        String subject = Optional.ofNullable(order.subject())
                .flatMap(text -> Subject.parse(text.strip()))
                .map(Subject::toString)
                .orElseThrow(() ->
                        new Refusal(400, "the field subject is no address, prefix without host bits, or domain name"));
        AllowEntry entry = new AllowEntry(subject, text("comment", order.comment()), who(order.by()), clock.instant());
        orders.allow(subject, allowed ? Optional.of(entry) : Optional.empty());
        accepted(request, subject);
    }

    /** It takes effect when the stream has read it. */
    private static void accepted(Context request, String subject) {
        request.status(202).json(Map.of("accepted", true, "subject", subject));
    }

    private static String subject(String given) {
        String text = given == null ? "" : given.strip();
        if (EventId.bytes(text).isPresent() || FeedbackTally.subject(text).isPresent()) {
            return text;
        }
        throw new Refusal(
                400,
                "the field subject is no event id (32 hex digits), address, prefix within a /48 (IPv4: /24), or domain name");
    }

    private static FeedbackKind kind(String given) {
        return Arrays.stream(FeedbackKind.values())
                .filter(kind -> kind.name().equals(String.valueOf(given).toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        400,
                        "the field kind is none of "
                                + Arrays.stream(FeedbackKind.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static String who(String by) {
        String text = text("by", by);
        return text.isEmpty() ? "http" : text;
    }

    private static String text(String field, String given) {
        String text = given == null ? "" : given.strip();
        if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal(
                    400, "the field " + field + " has control characters, or more than " + MAX_TEXT + " characters");
        }
        return text;
    }

    private <T> T read(Context request, Class<T> type) {
        authorize(request);
        if (!String.valueOf(request.contentType()).toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refusal(415, "send the body as application/json");
        }
        try {
            byte[] body = request.bodyInputStream().readNBytes(HttpSettings.MAX_BODY + 1);
            if (body.length > HttpSettings.MAX_BODY) {
                throw new Refusal(413, "the body has more than " + HttpSettings.MAX_BODY + " bytes");
            }
            T read = json.readValue(body, type);
            if (read == null) {
                throw new Refusal(400, "the body is null; send an object");
            }
            return read;
        } catch (JsonMappingException e) {
            throw new Refusal(400, "the body is not as expected" + where(e) + "; " + fields(type));
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "the body is no JSON; " + fields(type));
        } catch (IOException e) {
            throw new Refusal(400, "the body did not come whole");
        }
    }

    private static String where(JsonMappingException e) {
        return e.getPath().isEmpty()
                ? ""
                : " at the field " + e.getPath().get(e.getPath().size() - 1).getFieldName();
    }

    private static String fields(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName())
                .collect(Collectors.joining(", ", "the fields are ", ""));
    }

    private void authorize(Context request) {
        if (token.isEmpty()) {
            throw new Refusal(403, "writing is off; set http.token or http.token-file to switch it on");
        }
        String given = String.valueOf(request.header("Authorization"));
        byte[] expected = (BEARER + token.get()).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8))) {
            request.header("WWW-Authenticate", "Bearer");
            throw new Refusal(401, "writing needs the header Authorization: Bearer TOKEN, with the token configured");
        }
    }
}
