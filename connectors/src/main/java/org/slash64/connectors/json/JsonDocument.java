package org.slash64.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.Snapshot;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Subject;

/**
 * All of it in one JSON document, {@code blocklist.json}, a line for each entry: {@code version}, {@code asOf}, {@code prefixes},
 * {@code prefixExceptions}, {@code domains}, {@code domainExceptions} and {@code reputations}. Times are RFC 3339 in UTC.
 */
public final class JsonDocument implements ListFormat {

    /** In ASCII, so that no separator of Unicode breaks a line. */
    private final JsonFactory json =
            AsciiJson.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final Optional<LinkTemplate> link;

    /** @param link where more is said; empty for nowhere */
    public JsonDocument(Optional<LinkTemplate> link) {
        this.link = link;
    }

    @Override
    public Map<String, Content> files(Snapshot snapshot) {
        return Map.of("blocklist.json", out -> write(snapshot, out));
    }

    private void write(Snapshot snapshot, Writer out) throws IOException {
        try (JsonGenerator document = json.createGenerator(out)) {
            document.writeStartObject();
            document.writeNumberField("version", snapshot.version());
            document.writeStringField("asOf", snapshot.written().toString());
            listings(document, "prefixes", "prefix", snapshot.prefixes().listings());
            exceptions(document, "prefixExceptions", snapshot.prefixes().exceptions());
            listings(document, "domains", "domain", snapshot.domains().listings());
            exceptions(document, "domainExceptions", snapshot.domains().exceptions());
            reputations(document, snapshot.reputations());
            document.writeEndObject();
            document.writeRaw('\n');
        }
    }

    private void listings(JsonGenerator document, String name, String kind, Map<? extends Subject, Listing> listings)
            throws IOException {
        document.writeArrayFieldStart(name);
        for (Map.Entry<? extends Subject, Listing> entry : listings.entrySet()) {
            String subject = entry.getKey().toString();
            Listing listing = entry.getValue();
            document.writeRaw('\n');
            document.writeStartObject();
            document.writeStringField(kind, subject);
            document.writeStringField("reason", listing.getReason());
            document.writeNumberField("strikes", listing.getStrikes());
            document.writeStringField("listedAt", listing.getListedAt().toString());
            document.writeStringField("expires", listing.getExpires().toString());
            document.writeBooleanField("provisional", listing.getProvisional());
            if (link.isPresent()) {
                document.writeStringField("link", link.get().of(subject));
            }
            document.writeEndObject();
        }
        document.writeEndArray();
    }

    private static void exceptions(JsonGenerator document, String name, Collection<? extends Subject> exceptions)
            throws IOException {
        document.writeArrayFieldStart(name);
        for (Subject exception : exceptions) {
            document.writeRaw('\n');
            document.writeString(exception.toString());
        }
        document.writeEndArray();
    }

    private static void reputations(JsonGenerator document, Map<Domain, DomainReputation> reputations)
            throws IOException {
        document.writeArrayFieldStart("reputations");
        for (DomainReputation known : reputations.values()) {
            document.writeRaw('\n');
            document.writeStartObject();
            document.writeStringField("domain", known.getDomain());
            document.writeStringField("standing", known.getStanding().name());
            document.writeNumberField("score", known.getScore());
            document.writeNumberField("lower", known.getLower());
            document.writeNumberField("upper", known.getUpper());
            document.writeNumberField("confidence", known.getConfidence());
            document.writeNumberField("good", known.getGood());
            document.writeNumberField("bad", known.getBad());
            document.writeNumberField("events", known.getEvents());
            document.writeNumberField("messages", known.getMessages());
            document.writeNumberField("bytes", known.getBytes());
            document.writeNumberField("networks", known.getNetworks());
            document.writeStringField("firstSeen", known.getFirstSeen().toString());
            document.writeStringField("lastSeen", known.getLastSeen().toString());
            document.writeStringField("asOf", known.getAsOf().toString());
            document.writeEndObject();
        }
        document.writeEndArray();
    }
}
