package org.slash64.connectors.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.enrichers.authentication.AuthenticationOutcome;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class InlineChecksTest {

    private static final Address CLIENT = Address.parse("2001:db8:a:1::5").orElseThrow();
    private static final String DOMAIN = "example.org";

    /** One domain's SPF record lets the client send; there is nothing else. */
    private static CompletableFuture<DnsAnswer> zone(Name name, int type) {
        boolean found = type == Type.TXT && name.toString(true).equals(DOMAIN);
        return CompletableFuture.completedFuture(
                found
                        ? new DnsAnswer(
                                DnsOutcome.ANSWER,
                                List.of(new TXTRecord(name, DClass.IN, 60, "v=spf1 ip6:2001:db8:a::/48 -all")),
                                Duration.ofMinutes(1),
                                "")
                        : new DnsAnswer(DnsOutcome.NXDOMAIN, List.of(), Duration.ofMinutes(1), ""));
    }

    private static InlineChecks checks(Dns dns) {
        return new InlineChecks(dns, Duration.ofMillis(20), Clock.systemUTC());
    }

    private static Mail mail(String sender, Optional<Mail.Content> content) {
        return new Mail(Optional.of(CLIENT), false, "smtpd", Optional.of(DOMAIN), Optional.of(sender), content);
    }

    private static Mail.Content unsigned() {
        return new Mail.Content(List.of(DOMAIN), new DkimMaterial(List.of(), 0, 1));
    }

    @Test
    void check_spfPassesAndNoName_areTold() {
        Checked checked = checks(InlineChecksTest::zone)
                .check(mail("a@" + DOMAIN, Optional.empty()), CLIENT)
                .join();
        assertThat(checked.findings().client()).contains(FcrdnsStatus.PERMERROR);
        assertThat(checked.findings().mailFrom().map(SpfResult::status)).contains(SpfStatus.PASS);
        assertThat(checked.findings().helo().map(SpfResult::status)).contains(SpfStatus.PASS);
        assertThat(checked.findings().dkim()).isEmpty();
        assertThat(checked.authentication().domains()).hasSize(2);
    }

    @Test
    void check_nullSender_isCheckedAsPostmasterOfHelo() {
        Checked checked = checks(InlineChecksTest::zone)
                .check(mail("", Optional.empty()), CLIENT)
                .join();
        assertThat(checked.findings().mailFrom().map(SpfResult::domain)).contains(DOMAIN);
        assertThat(checked.findings().helo()).isEmpty();
    }

    @Test
    void check_unsignedMessage_hasNoSignatures() {
        Checked checked = checks(InlineChecksTest::zone)
                .check(mail("a@other.example", Optional.of(unsigned())), CLIENT)
                .join();
        assertThat(checked.findings().dkim()).contains(List.of());
        assertThat(checked.authentication().outcome()).isEqualTo(AuthenticationOutcome.FAILED);
    }

    @Test
    void check_silentDns_isTemperrorByTheDeadline() {
        Checked checked = checks((name, type) -> new CompletableFuture<>())
                .check(mail("a@" + DOMAIN, Optional.of(unsigned())), CLIENT)
                .join();
        assertThat(checked.findings().client()).contains(FcrdnsStatus.TEMPERROR);
        assertThat(checked.findings().mailFrom().map(SpfResult::status)).contains(SpfStatus.TEMPERROR);
    }

    @Test
    void opinion_closedDnsClient_failsOpen() {
        InlineChecks closed =
                checks((name, type) -> CompletableFuture.failedFuture(new IllegalStateException("closed")));
        Opinion opinion = answers(closed, Known.NOW)
                .opinion(mail("a@" + DOMAIN, Optional.empty()))
                .join();
        assertThat(opinion.basis()).isEqualTo(Opinion.Basis.FAILED);
        assertThat(opinion.answer()).isEqualTo(new Answer.NoOpinion());
    }

    @Test
    void opinion_checkedLongAgo_asksDnsAgain() {
        AtomicInteger asked = new AtomicInteger();
        InlineChecks checks = checks((name, type) -> {
            asked.incrementAndGet();
            return new CompletableFuture<>();
        });
        Mail mail = mail("a@" + DOMAIN, Optional.empty());
        Checked first = checks.check(mail, CLIENT).join();
        Optional<Checked> earlier =
                Optional.of(new Checked(Known.NOW, first.client(), first.findings(), first.authentication()));
        int once = asked.get();

        Instant end = Known.NOW.plus(Answers.MAX_AGE);
        Opinion soon =
                answers(checks, end.minusMillis(1)).opinion(mail, earlier).join();
        assertThat(soon.checked()).isEqualTo(earlier);
        assertThat(asked).hasValue(once);
        answers(checks, end).opinion(mail, earlier).join();
        assertThat(asked).hasValueGreaterThan(once);
    }

    private static Answers answers(InlineChecks checks, Instant now) {
        return new Answers(
                new Known().knowledge(),
                checks,
                Policy.defaults().withActions(Map.of()),
                (client, sender, at) -> true,
                Clock.fixed(now, ZoneOffset.UTC));
    }
}
