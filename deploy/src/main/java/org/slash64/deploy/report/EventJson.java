package org.slash64.deploy.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.slash64.schemas.SmtpEvent;

/** Events as JSON Lines: the fields of the schema under their names, instants in ISO 8601, fields without a value left out. */
public final class EventJson {

    private final JsonFactory json = new JsonFactory();
    private final PrintWriter out;

    public EventJson(PrintWriter out) {
        this.out = out;
    }

    /** Writes one event and a line end. */
    public void write(SmtpEvent event) {
        StringWriter line = new StringWriter(512);
        try (JsonGenerator generator = json.createGenerator(line)) {
            generator.writeStartObject();
            for (Schema.Field field : event.getSchema().getFields()) {
                writeField(generator, field.name(), event.get(field.pos()));
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string does not fail
        }
        out.println(line);
    }

    private static void writeField(JsonGenerator generator, String name, Object value) throws IOException {
        if (value == null || (value instanceof Map<?, ?> map && map.isEmpty())) {
            return;
        }
        generator.writeFieldName(name);
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeNumberField(entry.getKey().toString(), (int) entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else {
            generator.writeString(value instanceof Instant instant ? instant.toString() : value.toString());
        }
    }
}
