package org.slash64.connectors.haraka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Kind;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.connectors.rspamd.RspamdParser;

/** A session of Haraka's as it was logged, with rspamd's lines in between. */
class HarakaConformanceTest {

    private static final String FILE = "shared/conformance/logs/haraka/session-accepted.log";
    private static final String MESSAGE = "3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1";

    private static Path file() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isRegularFile(at.resolve(FILE))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, () -> "skipped: no file " + FILE + " beside the checkout");
        return at.resolve(FILE);
    }

    private static List<SmtpFact> facts() throws IOException {
        SyslogParser syslog = new SyslogParser(ZoneOffset.UTC);
        HarakaParser haraka = new HarakaParser();
        RspamdParser rspamd = new RspamdParser();
        List<SmtpFact> facts = new ArrayList<>();
        for (String raw : Files.readAllLines(file())) {
            LogLine line = (LogLine) syslog.parse(raw, Instant.parse("2016-11-16T00:00:00Z"));
            facts.add(haraka.writes(line.program()) ? haraka.parse(line) : rspamd.parse(line));
        }
        return facts;
    }

    @Test
    void session_isToldInOrder() throws IOException {
        assertThat(facts())
                .extracting(SmtpFact::kind)
                .filteredOn(kind -> kind != Kind.IGNORED && kind != Kind.CLAIMED)
                .containsExactly(
                        Kind.CONNECTED,
                        Kind.HELO,
                        Kind.TLS_STARTED,
                        Kind.HELO,
                        Kind.QUEUED,
                        Kind.DESCRIBED,
                        Kind.RECEIVED,
                        Kind.DISCONNECTED);
    }

    /** What is left is about receiving and has no place in an event: p0f, geoip, asn, checks of recipients, clamd. */
    @Test
    void everyLine_isKnown() throws IOException {
        assertThat(facts())
                .filteredOn(Ignored.class::isInstance)
                .extracting(fact -> ((Ignored) fact).why())
                .containsOnly(Why.NO_EVENT);
    }

    @Test
    void verdicts_areClaimedForTheMessage() throws IOException {
        List<String> claims = facts().stream()
                .filter(Claimed.class::isInstance)
                .map(Claimed.class::cast)
                .filter(claimed -> MESSAGE.equals(claimed.queueId()))
                .flatMap(claimed -> claimed.claims().stream())
                .map(HarakaConformanceTest::text)
                .distinct()
                .toList();
        assertThat(claims)
                .containsExactlyInAnyOrder(
                        "SPF pass m.reply1.ebay.com null",
                        "SPAM ham null 2.5",
                        "SPF pass null null",
                        "DMARC pass null null",
                        "SPAM ham null -15.0",
                        "DKIM pass null null",
                        "DKIM pass reply1.ebay.com null",
                        "SPAM ham null null");
    }

    private static String text(Claim claim) {
        return claim.method() + " " + claim.result() + ' ' + claim.domain() + ' ' + claim.score();
    }
}
