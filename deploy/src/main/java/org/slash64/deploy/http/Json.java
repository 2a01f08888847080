package org.slash64.deploy.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.slash64.connectors.json.AsciiJson;

/**
 * Records as JSON and back: instants in ISO 8601, what is not there left out. Texts are ASCII, with escapes for all else: who
 * asks by hand has the answer on a terminal.
 */
public final class Json {

    private Json() {}

    /** A mapper that refuses fields it does not know. */
    public static ObjectMapper mapper() {
        return JsonMapper.builder(AsciiJson.builder().build())
                .addModules(new JavaTimeModule(), new Jdk8Module())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .build();
    }
}
