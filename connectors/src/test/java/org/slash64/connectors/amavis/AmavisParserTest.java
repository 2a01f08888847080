package org.slash64.connectors.amavis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Method;

class AmavisParserTest {

    private static final String ADDRESSES =
            " {RelayedInbound}, [2001:db8::1]:25 [2001:db8::1] <a@example.org> -> <b@example.net>,<c@example.net>";

    private final AmavisParser parser = new AmavisParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "amavis", 1, message));
    }

    private Claimed claimed(String text) {
        return (Claimed) parse("(12345-06-2) " + text);
    }

    private static Claim spam(String result, Double score) {
        return new Claim(Method.SPAM, result, null, null, score);
    }

    @Test
    void parse_passedMessage_isClaimedForTheQueueId() {
        assertThat(claimed("Passed CLEAN" + ADDRESSES + ", Queue-ID: 4F1A2B3C4D, Message-ID: <1@example.org>, mail_id:"
                        + " AbC, Hits: -1.9, size: 1234, queued_as: 5F1A2B3C4D, dkim_sd=sel:example.org,s2:example.net,"
                        + " 123 ms"))
                .isEqualTo(new Claimed(
                        "4F1A2B3C4D",
                        null,
                        "1@example.org",
                        List.of(
                                spam("ham", -1.9),
                                new Claim(Method.DKIM, "pass", "example.org", "sel", null),
                                new Claim(Method.DKIM, "pass", "example.net", "s2", null))));
    }

    @ParameterizedTest
    @CsvSource({
        "Passed CLEAN, 1.5, ham",
        "Passed SPAMMY, 6.5, spam",
        "Blocked SPAM, 12, spam",
        "Passed SPAM, 12, spam",
        "Passed BAD-HEADER-1, 0.5, ham",
        "Blocked MTA-BLOCKED, 0.5, ham",
    })
    void parse_category_isSpamOrHam(String outcome, double score, String result) {
        assertThat(claimed(outcome + ADDRESSES + ", Queue-ID: 4F1A2B3C4D, mail_id: A, Hits: " + score + ", size: 1")
                        .claims())
                .containsExactly(spam(result, score));
    }

    @ParameterizedTest
    @CsvSource({"Blocked INFECTED (Eicar), 1", "Blocked BANNED (x.exe), 1", "Passed UNCHECKED, -", "Passed CLEAN, -"})
    void parse_categoryThatHidesTheVerdict_isNoEvent(String outcome, String hits) {
        assertThat(parse("(1-2) " + outcome + ADDRESSES + ", Queue-ID: 4F1A2B3C4D, Hits: " + hits + ", size: 1"))
                .isEqualTo(new Ignored(Why.NO_EVENT));
    }

    @Test
    void parse_scoresOfRecipients_areTheHighest() {
        assertThat(claimed("Passed SPAMMY" + ADDRESSES + ", Queue-ID: 4F1A2B3C4D, Hits: -1.9..6.2, size: 1")
                        .claims())
                .containsExactly(spam("spam", 6.2));
    }

    @Test
    void parse_verboseTemplate_isReadWithItsTests() {
        Claimed claimed = claimed("Blocked SPAM {DiscardedInbound,Quarantined}, MYNETS LOCAL [192.0.2.1]:25 [192.0.2.1]"
                + " ESMTPS/ESMTP <a@example.org> -> <b@example.net>, quarantine: s/spam-x.gz, Queue-ID: 4F1A2B3C4D,"
                + " Message-ID: <1@example.org>, mail_id: A, b: x, Hits: 12.345, size: 1, Subject: \"hi, Hits: -99, y\","
                + " From: a@b, helo=x, Tests: [BAYES_99=3.5,SPF_FAIL=0.9,RCVD_IN_XBL=0.4,DKIM_INVALID=0.1],"
                + " shortcircuit=no, autolearn=no, 5 ms");
        assertThat(claimed.queueId()).isEqualTo("4F1A2B3C4D");
        assertThat(claimed.claims())
                .containsExactly(
                        spam("spam", 12.345),
                        new Claim(Method.SPF, "fail", null, null, null),
                        new Claim(Method.DNSBL, "listed", "zen.spamhaus.org", null, null),
                        new Claim(Method.DKIM, "fail", null, null, null));
    }

    @Test
    void parse_withoutQueueId_isClaimedForTheMessageId() {
        Claimed claimed = claimed(
                "Passed CLEAN, [192.0.2.1] [192.0.2.1] <> -> <b@example.net>, Message-ID: <1@a>, Hits: 0, size: 1");
        assertThat(claimed.queueId()).isNull();
        assertThat(claimed.messageId()).isEqualTo("1@a");
    }

    @Test
    void parse_addressThatImitatesAQueueId_isReadWithItsQuotes() {
        Claimed claimed = claimed(
                "Passed CLEAN, [192.0.2.1] <\"x> -> <y>, Queue-ID: AAAA1AAAA, \"@example.org> ->"
                        + " <b@example.net>, Queue-ID: 4F1A2B3C4D, Message-ID: <x, Hits: -50, y>, mail_id: A, Hits: 3, size: 1");
        assertThat(claimed.queueId()).isEqualTo("4F1A2B3C4D");
        assertThat(claimed.claims()).containsExactly(spam("ham", 3.0));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "(1-2) Checking: A [192.0.2.1] <a@b> -> <c@d>|NO_EVENT",
                "(1-2) ...rest of a long line, Hits: 3|NO_EVENT",
                "(1-2) Passed CLEAN, <a@b> -> <c@d>,<e@...|NO_EVENT",
                "(1-2) (!)something failed|WARNING",
                "starting. amavisd-new at mx|NOT_RECEPTION",
                "(x) Passed CLEAN|NOT_RECEPTION",
            },
            delimiter = '|')
    void parse_otherLine_isIgnored(String message, Why why) {
        assertThat(parse(message)).isEqualTo(new Ignored(why));
    }
}
