package org.slash64.connectors.observed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.slash64.schemas.InlineVerdicts;

/** Verdicts in a line: Avro's JSON encoding of their record. */
final class VerdictsJson {

    private static final Schema SCHEMA = InlineVerdicts.getClassSchema();

    private VerdictsJson() {}

    static String write(InlineVerdicts verdicts) {
        try {
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(SCHEMA, json);
            new SpecificDatumWriter<InlineVerdicts>(SCHEMA).write(verdicts, encoder);
            encoder.flush();
            return json.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a record of texts and numbers is JSON", e);
        }
    }

    /** Empty where another version wrote them and this one cannot read them; then they are reached anew. */
    static Optional<InlineVerdicts> read(String json) {
        try {
            return Optional.of(new SpecificDatumReader<InlineVerdicts>(SCHEMA)
                    .read(null, DecoderFactory.get().jsonDecoder(SCHEMA, json)));
        } catch (IOException | AvroRuntimeException e) {
            return Optional.empty();
        }
    }
}
