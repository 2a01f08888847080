package org.slash64.connectors.haraka;

import java.util.Set;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Address;

/**
 * The parts of a line, in either format: {@code [NOTICE] [UUID.1] [core] text} and {@code level=NOTICE uuid=UUID.1
 * origin=core message=text key=value}.
 *
 * @param level such as NOTICE
 * @param session the connection's UUID, or null where the line is about none
 * @param transaction that UUID with the number of the transaction, or null
 * @param origin core, or the plugin
 * @param text the rest, with the pairs of the second format behind the message
 */
record Entry(String level, String session, String transaction, String origin, String text) {

    private static final Set<String> LEVELS =
            Set.of("DATA", "PROTOCOL", "DEBUG", "INFO", "NOTICE", "WARN", "ERROR", "CRIT", "ALERT", "EMERG");
    private static final String LEVEL = "level=";
    private static final String NO_CONNECTION = "-";
    private static final int MAX_WORD = 64;
    private static final int UUID_LENGTH = 36; // RFC 9562 section 4
    private static final int MAX_TRANSACTION_DIGITS = 6;

    /** The parts, or null where it is no line of Haraka's. */
    static Entry of(String line) {
        return line.startsWith(LEVEL) ? ofPairs(line) : ofBrackets(line);
    }

    private static Entry ofBrackets(String line) {
        String[] words = new String[3];
        int at = 0;
        for (int i = 0; i < words.length; i++) {
            int close = line.startsWith("[", at) ? line.indexOf(']', at) : -1;
            if (close < 0 || close - at > MAX_WORD) {
                return null;
            }
            words[i] = line.substring(at + 1, close);
            at = line.startsWith(" ", close + 1) ? close + 2 : close + 1;
        }
        return of(words[0], words[1], words[2], line.substring(at));
    }

    private static Entry ofPairs(String line) {
        Pairs pairs = new Pairs(line, 0);
        String level = pairs.next("level");
        String uuid = pairs.next("uuid");
        String origin = pairs.next("origin");
        String message = pairs.next("message");
        if (level == null || uuid == null || origin == null || message == null) {
            return null;
        }
        String rest = pairs.rest();
        return of(level, uuid, origin, message.isEmpty() || rest.isEmpty() ? message + rest : message + ' ' + rest);
    }

    private static Entry of(String level, String uuid, String origin, String text) {
        if (!LEVELS.contains(level)) {
            return null;
        }
        String words = text.stripLeading(); // two blanks precede the pairs of a hook
        if (uuid.equals(NO_CONNECTION)) {
            return new Entry(level, null, null, origin, words);
        }
        if (!isUuid(uuid)) {
            return null;
        }
        boolean session = uuid.length() == UUID_LENGTH;
        boolean delivery = !session && !isTransaction(uuid); // UUID.1.1 is the first delivery of a message
        return new Entry(
                level,
                delivery ? null : uuid.substring(0, UUID_LENGTH),
                session || delivery ? null : uuid,
                origin,
                words);
    }

    /** True where a line begins like one of Haraka's. */
    static boolean begins(String line, int start) {
        boolean brackets = line.startsWith("[", start);
        int wordStart = brackets ? start + 1 : start + LEVEL.length();
        int wordEnd = wordStart;
        while (wordEnd < line.length() && wordEnd - wordStart < MAX_WORD && isUpper(line.charAt(wordEnd))) {
            wordEnd++;
        }
        boolean framed = brackets
                ? line.startsWith("] [", wordEnd)
                : line.startsWith(LEVEL, start) && line.startsWith(" uuid=", wordEnd);
        return framed && LEVELS.contains(line.substring(wordStart, wordEnd));
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isUuid(String text) {
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (i >= text.length() || (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTransaction(String uuid) {
        int digits = uuid.length() - UUID_LENGTH - 1;
        boolean number = digits > 0 && digits <= MAX_TRANSACTION_DIGITS && uuid.charAt(UUID_LENGTH) == '.';
        for (int i = UUID_LENGTH + 1; number && i < uuid.length(); i++) {
            number = uuid.charAt(i) >= '0' && uuid.charAt(i) <= '9';
        }
        return number;
    }

    /** The session, of whose client the line may tell nothing. */
    Session inSession(Address client, String clientName) {
        return new Session(HarakaParser.NAME, session, client, clientName);
    }

    /** The session, where the line tells nothing about its client. */
    Session inSession() {
        return inSession(null, null);
    }
}
