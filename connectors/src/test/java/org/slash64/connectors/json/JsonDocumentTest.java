package org.slash64.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListFormatContract;
import org.slash64.connectors.publish.Listings;
import org.slash64.connectors.publish.Longest;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Standing;

class JsonDocumentTest extends ListFormatContract {

    @Override
    protected ListFormat format() {
        return new JsonDocument(LINK);
    }

    private static JsonNode document(Map<String, String> files) {
        try {
            return new ObjectMapper().readTree(files.get("blocklist.json"));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Reader read(Map<String, String> files) {
        Longest read = new Longest();
        JsonNode document = document(files);
        document.get("prefixes").forEach(entry -> read.put(prefix(entry.get("prefix")), true));
        document.get("prefixExceptions").forEach(entry -> read.put(prefix(entry), false));
        document.get("domains").forEach(entry -> read.put(entry.get("domain").asText(), true));
        document.get("domainExceptions").forEach(entry -> read.put(entry.asText(), false));
        return read;
    }

    private static Prefix prefix(JsonNode text) {
        return Prefix.parse(text.asText()).orElseThrow();
    }

    @Test
    void document_saysAllOfAListing_alsoAStrangersWords() {
        String reason = "9 of 12 \"bad\"\n</script>\u540d";
        JsonNode document = document(new Listings()
                .add("2001:db8::/48", reason)
                .know("example.org", Standing.GOOD)
                .written(format(), Listings.LISTED));
        assertThat(document.get("version").asLong()).isEqualTo(1794816000L);
        assertThat(document.get("asOf").asText()).isEqualTo("2026-11-16T08:00:00Z");
        JsonNode listing = document.get("prefixes").get(0);
        assertThat(listing.get("reason").asText()).isEqualTo(reason);
        assertThat(listing.get("expires").asText()).isEqualTo("2026-11-17T09:30:59Z");
        assertThat(listing.get("link").asText()).isEqualTo("https://example.org/why?s=2001:db8::/48");
        JsonNode known = document.get("reputations").get(0);
        assertThat(known.get("standing").asText()).isEqualTo("GOOD");
        assertThat(known.get("messages").asLong()).isEqualTo(20);
    }
}
