package org.slash64.connectors.shipper;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slash64.connectors.log.Stamp;
import org.slash64.connectors.shipper.EnvelopeNames.Meaning;

/**
 * Reads JSON objects of shippers in one pass, and of each only the values whose names are known. Keeps no state. Control
 * characters and odd escapes within texts are let through, as hosts that send mail can put them into logs and would else
 * keep their lines from being read.
 */
final class EnvelopeReader {

    /** The longest record that is read: the whole line several times, with properties, is what some shippers send. */
    static final int MAX_BYTES = 256 * 1024;

    /** Records of shippers nest less than ten deep. */
    private static final int MAX_DEPTH = 32;

    private static final int MAX_NAME = 256;
    private static final int MAX_NUMBER = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // names are hostile, too
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private final EnvelopeTime times;

    EnvelopeReader(Stamp stamp) {
        this.times = new EnvelopeTime(stamp);
    }

    /** Reads a record that begins with a brace. */
    Envelope read(String record, Instant arrival) throws EnvelopeException {
        EnvelopeParts parts = new EnvelopeParts(times, arrival);
        try (JsonParser in = JSON.createParser(record)) {
            in.nextToken();
            members(in, "", parts);
            if (in.nextToken() != null) {
                throw new EnvelopeException("something follows the JSON object");
            }
        } catch (IOException e) {
            throw new EnvelopeException("the record begins as a JSON object and is none");
        }
        return parts.envelope();
    }

    private static void members(JsonParser in, String prefix, EnvelopeParts parts)
            throws IOException, EnvelopeException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String path = prefix.isEmpty() ? in.currentName() : prefix + in.currentName();
            JsonToken value = in.nextToken();
            if (value == JsonToken.START_OBJECT && EnvelopeNames.isParent(path)) {
                members(in, path + ".", parts);
            } else {
                value(in, EnvelopeNames.meaning(path), path, parts);
            }
        }
    }

    private static void value(JsonParser in, Meaning meaning, String path, EnvelopeParts parts)
            throws IOException, EnvelopeException {
        JsonToken token = in.currentToken();
        if (meaning == null || !parts.wants(meaning)) {
            in.skipChildren();
        } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
            parts.offer(meaning, path, in.getText());
        } else if (token == JsonToken.START_ARRAY) {
            parts.offer(meaning, path, firstOf(in));
        } else {
            in.skipChildren();
        }
    }

    /** What the journal writes for a value that is no text: its bytes; for a field that came twice: both texts. */
    private static String firstOf(JsonParser in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String first = null;
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                bytes.write(in.getIntValue());
            } else if (token == JsonToken.VALUE_STRING && first == null) {
                first = in.getText();
            } else {
                in.skipChildren();
            }
        }
        return first == null ? bytes.toString(StandardCharsets.UTF_8) : first;
    }
}
