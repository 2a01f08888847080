package org.slash64.connectors.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;

/** JSON in printable ASCII, with escapes for all else: U+007F too, a control character that would stay as it is. */
public final class AsciiJson {

    private AsciiJson() {}

    /** Of a factory that writes so. */
    public static JsonFactoryBuilder builder() {
        return new JsonFactoryBuilder().characterEscapes(new WithDelete()).enable(JsonWriteFeature.ESCAPE_NON_ASCII);
    }

    private static final class WithDelete extends CharacterEscapes {

        private static final long serialVersionUID = 1L;
        private static final int DELETE = 0x7f;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[DELETE] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return null; // the standard one
        }
    }
}
