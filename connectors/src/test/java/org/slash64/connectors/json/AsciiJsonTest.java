package org.slash64.connectors.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AsciiJsonTest {

    @Test
    void everyControlCharacter_andWhatIsNotAscii_isEscaped() throws Exception {
        StringBuilder text = new StringBuilder("\u202e\u2028\ud83d\ude80");
        for (char c = 0; c < 256; c++) {
            text.append(c);
        }
        ObjectMapper mapper = new ObjectMapper(AsciiJson.builder().build());
        String json = mapper.writeValueAsString(text.toString());
        assertThat(json).matches("[ -~]*").contains("\\u007F", "\\u202E", "\\n");
        assertThat(mapper.writeValueAsBytes(text.toString())).asString().isEqualTo(json);
        assertThat(mapper.readValue(json, String.class)).isEqualTo(text.toString());
    }
}
