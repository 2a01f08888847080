package org.slash64.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Observed;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.SessionObserved;
import org.slash64.schemas.Address;

/**
 * What every log parser holds, whatever the program. A test of a parser extends this class and gives good lines; what is
 * read in them is for its other tests to check.
 */
public abstract class LogParserContract {

    /** Stands in a sample for the address of the client as the program writes it, without brackets. */
    protected static final String CLIENT = "{CLIENT}";

    /**
     * A line that the parser reads.
     *
     * @param program as logged
     * @param message may hold {@link #CLIENT} where the line names the client
     */
    public record Sample(String program, String message) {

        String with(String client) {
            return message.replace(CLIENT, client);
        }

        boolean namesClient() {
            return message.contains(CLIENT);
        }

        boolean brackets() {
            return message.contains("[" + CLIENT);
        }
    }

    private static final int LONG_LINE = SyslogParser.MAX_LINE_BYTES;
    private static final Duration GENEROUS = Duration.ofSeconds(10);
    private static final int REPEATED = 5;
    private static final int MUTATIONS = 300;
    private static final int PLACES = 4;
    private static final int MAX_LIST = 200;

    private static final List<String> FRAGMENTS = List.of(
            " ", "a", "0", ":", "[", "]", "<", ">", "(", ")", "\"", "\\", ": ", "; ", ", ", "=", " from=<", " [", "[1:",
            "> ", ">: ", "\u00e9", "\u0000");

    private static final String SPECIAL = " :;,=<>[](){}\"'\\/@.%\t\r\n\u0000\u007f\u0085\u00e9\ufffd\ud800A1-";

    private static final Map<String, String> NOTATIONS = Map.of(
            "192.0.2.1", "192.0.2.1",
            "2001:db8::a", "2001:db8::a",
            "2001:DB8:0:0::A", "2001:db8::a",
            "IPv6:2001:db8::a", "2001:db8::a",
            "IPv6:2001:DB8::A", "2001:db8::a",
            "fe80::a%eth0", "fe80::a",
            "::ffff:192.0.2.1", "192.0.2.1",
            "::FFFF:192.0.2.1", "192.0.2.1");

    /** The parser, which may be a new one at each call. */
    protected abstract LogParser parser();

    /** Good lines of all kinds, none of which is ignored as unknown. */
    protected abstract List<Sample> samples();

    /** What hostile lines repeat besides the common separators: the words that the parser looks for. */
    protected List<String> fragments() {
        return List.of();
    }

    private SmtpFact parse(String program, String message) {
        return parser().parse(new LogLine(Instant.EPOCH, "mx", program, 4711, message));
    }

    private Stream<DynamicTest> each(Consumer<Sample> check) {
        return samples().stream().map(sample -> dynamicTest(sample.message(), () -> check.accept(sample)));
    }

    @Test
    void source_isAWordInLowerCase() {
        assertThat(parser().source()).matches("[a-z][a-z0-9]*");
    }

    @Test
    void lineOfAnotherProgram_isIgnored() {
        for (String program : List.of("", "cron", "sshd", "kernel", "systemd", "dhclient")) {
            assertFalse(parser().writes(program), program);
            for (Sample sample : samples()) {
                assertEquals(new Ignored(Why.OTHER_PROGRAM), parse(program, sample.with("192.0.2.1")));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> goodLine_isKnown() {
        return each(sample -> {
            SmtpFact fact = parse(sample.program(), sample.with("2001:db8::1"));
            assertTrue(parser().writes(sample.program()));
            assertThat(fact)
                    .isNotIn(new Ignored(Why.UNKNOWN_STATEMENT), new Ignored(Why.OTHER_PROGRAM))
                    .isNotInstanceOf(SmtpFact.Malformed.class);
            assertSafe(fact);
        });
    }

    @TestFactory
    Stream<DynamicTest> client_isReadInEveryNotation() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Sample sample : samples()) {
            if (sample.namesClient()) {
                NOTATIONS.forEach((written, address) -> tests.add(client(sample, written, address)));
                if (!sample.brackets()) {
                    tests.add(client(sample, "[2001:db8::a]", "2001:db8::a"));
                }
            }
        }
        return tests.stream();
    }

    private DynamicTest client(Sample sample, String written, String address) {
        String message = sample.with(written);
        return dynamicTest(message, () -> {
            Session session = session(parse(sample.program(), message));
            assertEquals(Address.parse(address).orElseThrow(), session.client());
        });
    }

    private static Session session(SmtpFact fact) {
        if (fact instanceof Claimed claimed) {
            return claimed.session();
        }
        if (fact instanceof Observed observed) {
            return observed.session();
        }
        if (fact instanceof SessionObserved observed) {
            return observed.session();
        }
        assertThat(fact).isInstanceOf(InSession.class);
        return ((InSession) fact).session();
    }

    @TestFactory
    Stream<DynamicTest> cutLine_neverThrows() {
        return each(sample -> {
            String message = sample.with("2001:db8::1");
            for (int end = 0; end < message.length(); end++) {
                assertSafe(parse(sample.program(), message.substring(0, end)));
                assertSafe(parse(sample.program(), message.substring(end)));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> changedLine_neverThrows() {
        return each(sample -> {
            Random random = new Random(sample.message().hashCode());
            for (int i = 0; i < MUTATIONS; i++) {
                assertSafe(parse(sample.program(), changed(sample.with("2001:db8::1"), random)));
            }
        });
    }

    private static String changed(String message, Random random) {
        StringBuilder changed = new StringBuilder(message);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> changed.delete(from, to);
                case 1 -> changed.insert(from, changed.substring(from, to));
                case 2 -> changed.insert(from, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
                default -> changed.replace(from, to, String.valueOf(SPECIAL.charAt(random.nextInt(SPECIAL.length()))));
            }
        }
        return changed.toString();
    }

    @TestFactory
    Stream<DynamicTest> bytesInPlaceOfText_neverThrow() {
        return each(sample -> {
            Random random = new Random(sample.message().hashCode());
            byte[] bytes = new byte[400];
            for (int i = 0; i < MUTATIONS; i++) {
                random.nextBytes(bytes);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                int end = random.nextInt(sample.message().length());
                assertSafe(parse(sample.program(), sample.message().substring(0, end) + text));
            }
        });
    }

    /** A text that were kept whole, or looked through again from each of its places, would be found out here. */
    @TestFactory
    Stream<DynamicTest> longLine_isReadInLinearTimeAndItsTextsAreCut() {
        List<String> fragments = new ArrayList<>(FRAGMENTS);
        fragments.addAll(fragments());
        return each(sample -> assertTimeoutPreemptively(GENEROUS, () -> {
            for (String fragment : fragments) {
                longLines(sample, fragment);
            }
        }));
    }

    private void longLines(Sample sample, String fragment) {
        String message = sample.with("2001:db8::1");
        String filler = fragment.repeat((LONG_LINE - message.length()) / fragment.length());
        for (int place = 1; place <= PLACES; place++) {
            int cut = message.length() * place / PLACES;
            String line = message.substring(0, cut) + filler + message.substring(cut);
            for (int i = 1; i < REPEATED; i++) {
                parse(sample.program(), line);
            }
            assertSafe(parse(sample.program(), line));
        }
    }

    @TestFactory
    Stream<DynamicTest> lineRepeatedInItself_isReadInLinearTimeAndItsTextsAreCut() {
        return each(sample -> assertTimeoutPreemptively(GENEROUS, () -> longLines(sample, sample.with("192.0.2.1"))));
    }

    /** Texts of events have at most {@link SafeText#MAX_CHARACTERS} characters, none of them a control character. */
    private static void assertSafe(Object value) {
        if (value instanceof String text) {
            assertThat(text.length()).isLessThanOrEqualTo(SafeText.MAX_CHARACTERS);
            assertFalse(text.chars().anyMatch(Character::isISOControl), text);
        } else if (value instanceof List<?> list) {
            assertThat(list.size()).isLessThanOrEqualTo(MAX_LIST);
            list.forEach(LogParserContract::assertSafe);
        } else if (value instanceof Map<?, ?> map) {
            assertThat(map.size()).isLessThanOrEqualTo(MAX_LIST);
            map.keySet().forEach(LogParserContract::assertSafe);
        } else if (value instanceof Record fact && !(value instanceof Address)) {
            for (RecordComponent component : fact.getClass().getRecordComponents()) {
                assertSafe(component(fact, component));
            }
        }
    }

    private static Object component(Record fact, RecordComponent component) {
        try {
            return component.getAccessor().invoke(fact);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("facts are public", e);
        }
    }
}
