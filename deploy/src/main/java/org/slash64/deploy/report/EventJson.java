package org.slash64.deploy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.slash64.connectors.json.AsciiJson;
import org.slash64.schemas.SmtpEvent;

/**
 * Events as JSON Lines: the fields of the schema under their names, instants in ISO 8601, bytes in Base64, fields without a
 * value left out, what is not ASCII as escapes.
 */
public final class EventJson {

    private final JsonFactory json = AsciiJson.builder().build();
    private final PrintWriter out;

    public EventJson(PrintWriter out) {
        this.out = out;
    }

    /** Writes one event and a line end. */
    public void write(SmtpEvent event) {
        StringWriter line = new StringWriter(512);
        try (JsonGenerator generator = json.createGenerator(line)) {
            writeRecord(generator, event);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string does not fail
        }
        out.println(line);
    }

    private static void writeRecord(JsonGenerator generator, IndexedRecord event) throws IOException {
        generator.writeStartObject();
        for (Schema.Field field : event.getSchema().getFields()) {
            Object value = event.get(field.pos());
            if (!isNothing(value)) {
                generator.writeFieldName(field.name());
                writeValue(generator, value);
            }
        }
        generator.writeEndObject();
    }

    private static boolean isNothing(Object value) {
        return value == null
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
    }

    private static void writeValue(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof IndexedRecord inner) {
            writeRecord(generator, inner);
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(entry.getKey().toString());
                writeValue(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                writeValue(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Double fraction) {
            generator.writeNumber(fraction);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof ByteBuffer bytes) {
            generator.writeBinary(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            generator.writeString(value.toString()); // an Instant writes itself in ISO 8601
        }
    }
}
