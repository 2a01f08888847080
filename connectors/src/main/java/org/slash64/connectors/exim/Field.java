package org.slash64.connectors.exim;

/** What stands behind a client in a line, as {@code KEY=value} or a word alone, in the order of Exim's specification, 53.9. */
enum Field {
    INTERFACE("I", Form.WORD),
    CONNECTION("Ci", Form.WORD),
    IDENT("U", Form.WORD),
    PROTOCOL("P", Form.WORD),
    CIPHER("X", Form.WORD),
    VERIFIED("CV", Form.WORD),
    CERTIFICATE("DN", Form.QUOTED),
    SERVER_NAME("SNI", Form.QUOTED),
    AUTHENTICATOR("A", Form.WORD),
    PROXY("PRX", Form.WORD),
    SIZE("S", Form.WORD),
    EIGHT_BIT("M8S", Form.WORD),
    DKIM("DKIM", Form.WORD),
    RECEIVE_TIME("RT", Form.WORD),
    QUEUE_NAME("Q", Form.WORD),
    BOUNCED("R", Form.WORD),
    MESSAGE_ID("id", Form.ADDRESS),
    OWN_MESSAGE_ID("id*", Form.ADDRESS),
    SUBJECT("T", Form.QUOTED),
    SENDER("F", Form.BRACKETED),
    DURATION("D", Form.WORD),
    COMMANDS("C", Form.WORD);

    /** How a value ends. */
    enum Form {
        WORD,
        QUOTED,
        ADDRESS,
        BRACKETED
    }

    private static final Field[] ALL = values();
    private static final String[] FLAGS = {"TFO", "TFO*", "L", "L-", "L.", "L.-", "L*", "L*-", "PRDR", "K", "DS", "ARC"
    };

    private final String key;
    private final Form form;

    Field(String key, Form form) {
        this.key = key;
        this.form = form;
    }

    Form form() {
        return form;
    }

    /** The field whose key and equals sign stand between the places; null where none does. */
    static Field at(String text, int start, int equals) {
        for (Field field : ALL) {
            if (field.key.length() == equals - start && text.startsWith(field.key, start)) {
                return field;
            }
        }
        return null;
    }

    /** True for a word that stands alone: TCP fast open, pipelining, per-recipient replies, chunking, DNSSEC, ARC. */
    static boolean isFlag(String text, int start, int end) {
        for (String flag : FLAGS) {
            if (flag.length() == end - start && text.startsWith(flag, start)) {
                return true;
            }
        }
        return false;
    }
}
