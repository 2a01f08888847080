package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.connectors.answer.Action;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.Ground;
import org.slash64.connectors.answer.InlineChecks;
import org.slash64.connectors.answer.Ipv4Fallback;
import org.slash64.connectors.answer.Knowledge;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.fallback.FallbackController;
import org.slash64.connectors.fallback.FallbackSettings;
import org.slash64.connectors.fallback.Ruling;
import org.slash64.connectors.milter.Observed.MessageSeen;
import org.slash64.connectors.milter.PostfixSite.Sent;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Topics;

/** A real Postfix asks the milter. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class MilterPostfixIT {

    private static final String OVER_IPV6 = "[2001:db8:25::25]";
    private static final String OVER_IPV4 = "192.0.2.25";
    private static final String GOOD = "2001:db8:a:1::25";
    private static final String GOOD_IPV4 = "192.0.2.99";
    private static final String LISTED = "2001:db8:b:2::666";
    private static final int MANY = 2_000;
    private static final int SESSIONS = 20;

    @TempDir
    Path dir;

    private final Queue<Observed> seen = new ConcurrentLinkedQueue<>();
    private final TestZone zone = new TestZone()
            .with("example.org.", "TXT", "\"v=spf1 ip6:" + GOOD + " -all\"")
            .with("mail.example.org.", "AAAA", GOOD)
            .with("mail.example.org.", "A", GOOD_IPV4)
            .with(
                    "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.a.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
                    "PTR",
                    "mail.example.org.")
            .with("99.2.0.192.in-addr.arpa.", "PTR", "mail.example.org.");
    private PostfixSite site;
    private Ipv4Fallback fallback = (client, mailFrom, now) -> true;

    @BeforeEach
    void start() throws Exception {
        PostfixSite.assumePossible();
        site = PostfixSite.start(Files.createDirectory(dir.resolve("site")));
    }

    @AfterEach
    void stop() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    private Milter milter(Mode mode) throws Exception {
        return milter(mode, Action.TRY_IPV4);
    }

    private Milter milter(Mode mode, Action ofUnauthenticated) throws Exception {
        MilterSettings settings = new MilterSettings(
                ListenAddress.parse("unix:" + site.milterSocket()).orElseThrow(),
                mode,
                Optional.of("mx.example.net"),
                Optional.empty(),
                Duration.ofSeconds(2),
                MilterSettings.limitsByDefault());
        Clock clock = Clock.systemUTC();
        InlineChecks checks = new InlineChecks(zone, Duration.ofSeconds(1), clock);
        Policy policy = Policy.defaults()
                .withActions(Map.of(Ground.UNAUTHENTICATED, ofUnauthenticated))
                .withLink(LinkTemplate.parse("https://example.net/why?s={subject}")
                        .orElseThrow());
        Answers answers = new Answers(known(clock), checks, policy, fallback, clock);
        return Milter.start(settings, new PolicyDecision(answers, checks), seen::add, clock);
    }

    private static Knowledge known(Clock clock) {
        Knowledge known = new Knowledge(List.of());
        Instant now = clock.instant();
        String prefix = "2001:db8:b:2::/64";
        known.take(
                Topics.BLOCKLIST.name(),
                prefix,
                new Listing(prefix, "3 bad events", null, null, 1, now, now.plus(Duration.ofDays(1)), false));
        known.caughtUp(now);
        return known;
    }

    private List<MessageSeen> messages() {
        return seen.stream()
                .filter(MessageSeen.class::isInstance)
                .map(MessageSeen.class::cast)
                .toList();
    }

    @Test
    void enforce_authenticatedMail_isAcceptedWithResultsAndWithoutForgedOnes() throws Exception {
        try (Milter milter = milter(Mode.ENFORCE)) {
            Path data = site.write("forged.eml", """
                    From: News <news@example.org>
                    Authentication-Results: mx.example.net; dkim=pass header.d=bank.example
                    Authentication-Results: other.example; spf=neutral
                    Subject: authenticated
                    AUTHENTICATION-Results: (x) MX.example.net
                    \t1; spf=pass
                    X-Slash64: trusted

                    Hello
                    """);
            Sent sent = site.send(OVER_IPV6, GOOD, "--from news@example.org --data @" + data);
            assertThat(sent.exit()).as(sent.transcript()).isZero();
            String text = site.delivered("authenticated");
            assertThat(text).doesNotContain("bank.example", "trusted").doesNotContainIgnoringCase("(x) mx.example");
            assertThat(text).contains("Authentication-Results: other.example; spf=neutral");
            assertThat(text)
                    .contains("Authentication-Results: mx.example.net;\n"
                            + "\tiprev=pass policy.iprev=\"" + GOOD + "\";\n"
                            + "\tspf=pass smtp.mailfrom=example.org;\n"
                            + "\tspf=none smtp.helo=mail.example.org;\n"
                            + "\tdkim=none\n");
            assertThat(text.indexOf("mx.example.net;\n\tiprev")).isLessThan(text.indexOf("Subject: authenticated"));
            assertThat(milter.statistics().accepted()).isEqualTo(1);
            assertSeen(messages().get(0).message());
        }
    }

    private static void assertSeen(Message message) {
        assertThat(message.session().host()).contains("mx.example.net");
        assertThat(message.session().daemonPort()).isEqualTo(25);
        assertThat(message.session().clientName()).contains("mail.example.org");
        assertThat(message.session().ptrName()).contains("mail.example.org");
        assertThat(message.session().helo()).contains("mail.example.org");
        assertThat(message.queueId()).isPresent();
        assertThat(message.mailFrom()).isEqualTo("news@example.org");
        assertThat(message.recipients()).containsExactly("user@example.net");
        assertThat(message.fromDomains()).containsExactly("example.org");
    }

    @Test
    void enforce_listedClient_isRejectedWithReasonAndLink() throws Exception {
        try (Milter milter = milter(Mode.ENFORCE)) {
            Sent sent = site.send(OVER_IPV6, LISTED, "--from bad@example.com");
            assertThat(sent.exit()).isNotZero();
            assertThat(sent.transcript())
                    .contains("554 5.7.1 slash64: the client's prefix 2001:db8:b:2::/64 is listed: 3 bad events,"
                            + " see https://example.net/why?s=2001:db8:b:2::/64");
            assertThat(milter.statistics().rejected()).isEqualTo(1);
            site.awaitLogged("milter-reject: END-OF-MESSAGE", 1);
        }
    }

    /** It knows no IPv4, and tries again and again; without an end to 421 its mail would bounce. */
    @Test
    void enforce_senderThatTriesOverIpv6Alone_isLetInAfterTheLast421() throws Exception {
        FallbackController controller =
                new FallbackController(FallbackSettings.defaults(), Duration.ofMinutes(5), Clock.systemUTC());
        controller.caughtUp(Instant.now());
        fallback = controller;
        try (Milter milter = milter(Mode.ENFORCE)) {
            String options = "--from someone@unknown.example --header 'Subject: persistent'";
            int attempts = FallbackSettings.defaults().attempts();
            for (int i = 0; i < attempts; i++) {
                assertThat(site.send(OVER_IPV6, GOOD, options).transcript()).contains("421 4.7.26 slash64: ");
            }
            Sent last = site.send(OVER_IPV6, GOOD, options);
            assertThat(last.exit()).as(last.transcript()).isZero();
            assertThat(site.delivered("persistent")).contains("smtp.mailfrom=unknown.example");
            assertThat(milter.statistics().sentToIpv4()).isEqualTo(attempts);
            assertThat(controller.statistics().rulings())
                    .isEqualTo(Map.of(Ruling.TELL, (long) attempts, Ruling.CAPPED, 1L));
        }
    }

    @Test
    void enforce_unauthenticatedMail_gets421OverIpv6_andIsAcceptedOverIpv4() throws Exception {
        try (Milter milter = milter(Mode.ENFORCE)) {
            String options = "--from someone@unknown.example --header 'Subject: fallback'";
            Sent overIpv6 = site.send(OVER_IPV6, GOOD, options);
            assertThat(overIpv6.exit()).isNotZero();
            assertThat(overIpv6.transcript()).contains("421 4.7.26 slash64: over IPv6 mail must pass SPF or DKIM");
            site.awaitLogged("disconnect from mail.example.org[" + GOOD + "]", 1);
            Sent overIpv4 = site.send(OVER_IPV4, GOOD_IPV4, options);
            assertThat(overIpv4.exit()).as(overIpv4.transcript()).isZero();
            assertThat(site.delivered("fallback")).contains("smtp.mailfrom=unknown.example");
            assertThat(milter.statistics().sentToIpv4()).isEqualTo(1);
            assertThat(messages()).extracting(MessageSeen::given).first().isInstanceOf(Answer.TryIpv4.class);
        }
    }

    @Test
    void enforce_mailSignedByOpenDkim_passes() throws Exception {
        List<String> headers = List.of(
                "From: Someone <someone@unknown.example>",
                "To: user@example.net",
                "Subject: a signed one\n\twith  a fold",
                "Message-ID: <signed@unknown.example>");
        String body = "Hello,\r\n\r\n  spaces  \r\n";
        try (OpenDkim signer = OpenDkim.start(dir, "unknown.example");
                Milter milter = milter(Mode.ENFORCE)) {
            zone.with("s1._domainkey.unknown.example.", "TXT", signer.keyRecord());
            String signature = signer.sign(headers, body);
            Path data = site.write(
                    "signed.eml",
                    "DKIM-Signature: " + signature + "\n" + String.join("\n", headers) + "\n\n"
                            + body.replace("\r\n", "\n"));
            Sent sent = site.send(OVER_IPV6, GOOD, "--from someone@unknown.example --data @" + data);
            assertThat(sent.exit()).as(sent.transcript()).isZero();
            assertThat(site.delivered("a signed one"))
                    .contains("\tdkim=pass header.d=unknown.example header.s=s1 header.a=rsa-sha256 header.b=");
            assertThat(milter.statistics().accepted()).isEqualTo(1);
        }
    }

    @Test
    void enforce_quarantinedMail_isHeld() throws Exception {
        try (Milter milter = milter(Mode.ENFORCE, Action.QUARANTINE)) {
            Sent sent = site.send(OVER_IPV6, GOOD, "--from someone@unknown.example");
            assertThat(sent.exit()).as(sent.transcript()).isZero();
            site.awaitLogged("milter-hold: END-OF-MESSAGE", 1);
            assertThat(milter.statistics().quarantined()).isEqualTo(1);
            assertThat(site.logged("status=sent")).isZero();
        }
    }

    @Test
    void dryRun_saysWhatItWouldDo() throws Exception {
        try (Milter milter = milter(Mode.DRY_RUN)) {
            Sent sent = site.send(OVER_IPV6, LISTED, "--from bad@example.com --header 'Subject: rehearsal'");
            assertThat(sent.exit()).as(sent.transcript()).isZero();
            assertThat(site.delivered("rehearsal"))
                    .contains("X-slash64: dry-run; would answer 554 5.7.1 slash64: the client's prefix");
            assertThat(milter.statistics().marked()).isEqualTo(1);
        }
    }

    @Test
    void milterKilledInMidLoad_losesNoMessage() throws Exception {
        try (MilterProcess milter = MilterProcess.start(dir, site.milterSocket())) {
            site.beginLoad(MANY, SESSIONS);
            site.awaitLogged("message-id=", MANY / 4);
            milter.kill();
            site.endLoad();
        }
        site.awaitLogged("status=sent (bulk.example)", MANY);
        assertThat(site.logged("connect to Milter service")).isPositive();
        try (Milter milter = milter(Mode.OBSERVE)) {
            site.send(OVER_IPV6, GOOD, "--from news@example.org");
            assertThat(milter.statistics().messages()).isEqualTo(1);
        }
    }
}
