package org.slash64.connectors.opensmtpd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Kind;
import org.slash64.connectors.log.SyslogParser;

/** OpenSMTPD's own formats, and lines that others have made up after them. */
class OpenSmtpdConformanceTest {

    private static final String FOLDER = "shared/conformance/logs";

    /** Formats of which no line is known for OpenSMTPD's: they begin with a variable part. */
    private static final Set<String> VARIABLE_START = Set.of("%s: %s");

    /** Parts of the formats of the SMTP server that are no event: a failed attempt is told by another line too. */
    private static final Set<String> NO_EVENT = Set.of("cert-check", "\"AUTH ", "result=tempfail");

    private final OpenSmtpdParser parser = new OpenSmtpdParser();

    private static Path file(String name) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isRegularFile(at.resolve(FOLDER).resolve(name))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, () -> "skipped: no file " + FOLDER + "/" + name + " beside the checkout");
        return at.resolve(FOLDER).resolve(name);
    }

    @TestFactory
    Stream<DynamicTest> formatOfTheSource_isKnown() throws IOException {
        return Files.readAllLines(file("opensmtpd-formats/format-strings.tsv")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", 4))
                .map(row -> dynamicTest(row[0] + ':' + row[1], () -> check(row[0], row[2], row[3])));
    }

    private void check(String file, String level, String format) {
        SmtpFact fact = parser.parse(new LogLine(Instant.EPOCH, "mx", "smtpd", 1, filled(format)));
        boolean event = file.equals("smtp_session.c")
                && level.equals("info")
                && NO_EVENT.stream().noneMatch(format::contains);
        if (VARIABLE_START.contains(format)) {
            assertThat(fact).isEqualTo(new Ignored(Why.UNKNOWN_STATEMENT));
        } else if (event) {
            assertThat(fact.kind()).isNotIn(Kind.MALFORMED, Kind.IGNORED);
        } else {
            assertThat(fact).isInstanceOf(Ignored.class).isNotEqualTo(new Ignored(Why.UNKNOWN_STATEMENT));
        }
    }

    /** The format with values as OpenSMTPD writes them. */
    private static String filled(String format) {
        return format.replace("evpid=%016llx", "evpid=5f6a7b8c01234567")
                .replace("<%s%s%s>", "<a@example.org>")
                .replace("%016llx", "0123456789abcdef")
                .replace("%08x", "5f6a7b8c")
                .replace("address=%s", "address=192.0.2.1")
                .replace("result=\"%.*s\"", "result=\"535 no\"")
                .replaceAll("%(zu|llu|lu|d)", "3")
                .replaceAll("%[a-z.*]+", "x");
    }

    @Test
    void madeUpLines_areRead() throws IOException {
        SyslogParser syslog = new SyslogParser(ZoneOffset.UTC);
        List<Kind> kinds = new ArrayList<>();
        for (String raw : Files.readAllLines(file("logcrux-synthetic/opensmtpd.log"))) {
            LogLine line = (LogLine) syslog.parse(raw, Instant.parse("2026-11-16T00:00:00Z"));
            kinds.add(parser.parse(line).kind());
        }
        assertThat(kinds)
                .containsExactly(
                        Kind.CONNECTED,
                        Kind.TLS_STARTED,
                        Kind.RECEIVED,
                        Kind.IGNORED, // delivery
                        Kind.IGNORED, // delivery
                        Kind.IGNORED, // delivery
                        Kind.REJECTED,
                        Kind.DISCONNECTED);
    }
}
