package org.slash64.connectors.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.connectors.answer.Known.NOW;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slash64.connectors.answer.Answer.Defer;
import org.slash64.connectors.answer.Answer.Mark;
import org.slash64.connectors.answer.Answer.NoOpinion;
import org.slash64.connectors.answer.Answer.Quarantine;
import org.slash64.connectors.answer.Answer.Reject;
import org.slash64.connectors.answer.Answer.TryIpv4;
import org.slash64.connectors.answer.Opinion.Basis;
import org.slash64.enrichers.authentication.Authenticator;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.Address;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Standing;

class PolicyTest {

    private static final String V6 = "2001:db8:a:1::5";
    private static final String V4 = "192.0.2.5";

    private final Known known = new Known();
    private final Policy policy = Policy.defaults();

    private static Mail mail(String client) {
        return new Mail(
                Address.parse(client),
                false,
                "smtpd",
                Optional.of("mx.example.org"),
                Optional.of("a@example.org"),
                Optional.empty());
    }

    private static Mail withContent(String client) {
        Mail mail = mail(client);
        return new Mail(
                mail.client(),
                false,
                "smtpd",
                mail.helo(),
                mail.mailFrom(),
                Optional.of(new Mail.Content(List.of("example.org"), new DkimMaterial(List.of(), 0, 1))));
    }

    private static SpfResult spf(SpfStatus status, String domain) {
        return new SpfResult(status, domain, Optional.empty(), List.of(), 1, 1, 0, false, "");
    }

    private static Checked checked(FcrdnsStatus client, SpfStatus spf, Optional<List<DkimResult>> dkim) {
        Findings findings = new Findings(
                Optional.of(client), Optional.of(spf(spf, "example.org")), Optional.empty(), dkim, List.of());
        FcrdnsResult reverse = new FcrdnsResult(client, List.of(), List.of(), List.of(), "");
        return new Checked(Known.NOW, reverse, findings, Authenticator.summarise(findings));
    }

    private static Checked passed() {
        return checked(FcrdnsStatus.PASS, SpfStatus.PASS, Optional.empty());
    }

    private static Checked failed() {
        return checked(FcrdnsStatus.PASS, SpfStatus.FAIL, Optional.of(List.of()));
    }

    private static List<DkimResult> signed(DkimStatus status) {
        return List.of(new DkimResult(
                status, new Signer("example.org", "s", "@example.org", "rsa-sha256"), 2048, Set.of(), ""));
    }

    private Answer answer(Policy policy, Mail mail, Checked checked) {
        return policy.judge(mail, known.knowledge(), checked, NOW).answer();
    }

    private static Policy with(Ground ground, Action action) {
        return Policy.defaults().withActions(Map.of(ground, action));
    }

    @Test
    void judge_nothingKnown_hasNoOpinion() {
        Opinion opinion = policy.judge(mail(V6), known.knowledge(), passed(), NOW);
        assertThat(opinion.answer()).isEqualTo(new NoOpinion());
        assertThat(opinion.basis()).isEqualTo(Basis.POLICY);
        assertThat(opinion.grounds()).isEmpty();
    }

    @Test
    void atOnce_listedClient_isRejectedWithReasonAndLink() {
        known.list("2001:db8:a:1::/64");
        Policy linked = policy.withLink(new LinkTemplate("https://example.org/why?s={subject}"));
        Opinion opinion = linked.atOnce(mail(V6), known.knowledge(), NOW).orElseThrow();
        assertThat(((Reject) opinion.answer()).reply().line())
                .isEqualTo(
                        "554 5.7.1 slash64: the client's prefix 2001:db8:a:1::/64 is listed: 41 ?rejections? for good,"
                                + " see https://example.org/why?s=2001:db8:a:1::/64");
        assertThat(opinion.grounds()).containsExactly(Ground.LISTED_CLIENT);
    }

    @Test
    void atOnce_notListed_asksDns() {
        assertThat(policy.atOnce(mail(V6), known.knowledge(), NOW)).isEmpty();
    }

    @Test
    void atOnce_loggedIn_isExempt() {
        known.list("2001:db8:a:1::/64");
        Mail loggedIn = new Mail(Address.parse(V6), true, "smtpd", Optional.empty(), Optional.of(""), Optional.empty());
        assertThat(policy.atOnce(loggedIn, known.knowledge(), NOW))
                .get()
                .extracting(Opinion::basis, Opinion::answer)
                .containsExactly(Basis.EXEMPT, new NoOpinion());
    }

    @Test
    void atOnce_submissionPorts_areExempt() {
        known.list("2001:db8:a:1::/64");
        for (int port : new int[] {465, 587}) {
            Mail submitted = new Mail(
                    Address.parse(V6),
                    false,
                    Mail.service("", port),
                    Optional.empty(),
                    Optional.of(""),
                    Optional.empty());
            assertThat(policy.atOnce(submitted, known.knowledge(), NOW)
                            .orElseThrow()
                            .basis())
                    .isEqualTo(Basis.EXEMPT);
        }
    }

    @Test
    void atOnce_ownNetworkAndNoAddress_areExempt() {
        for (String client : List.of("10.0.0.1", "::1", "fd00::1", "unknown")) {
            assertThat(policy.atOnce(mail(client), known.knowledge(), NOW)
                            .orElseThrow()
                            .basis())
                    .isEqualTo(Basis.EXEMPT);
        }
    }

    @Test
    void atOnce_staleOrNeverKnown_hasNoOpinion() {
        known.list("2001:db8:a:1::/64");
        Mail mail = mail(V6);
        assertThat(policy.atOnce(mail, known.knowledge(), NOW.plus(Duration.ofMinutes(6)))
                        .orElseThrow()
                        .basis())
                .isEqualTo(Basis.STALE);
        assertThat(policy.atOnce(mail, new Knowledge(List.of()), NOW)
                        .orElseThrow()
                        .basis())
                .isEqualTo(Basis.STALE);
    }

    @Test
    void atOnce_allowedClient_isAllowedWhateverElseIsFound() {
        known.allow("2001:db8:a::/48").limit("2001:db8:a:1::/64", "m", LimitAction.REJECT);
        assertThat(policy.atOnce(mail(V6), known.knowledge(), NOW).orElseThrow().basis())
                .isEqualTo(Basis.ALLOWED);
        assertThat(answer(policy, mail(V6), failed())).isEqualTo(new NoOpinion());
    }

    @Test
    void judge_listedDomainThatIsProven_isRejected() {
        known.list("example.org");
        assertThat(answer(policy, mail(V4), passed()))
                .isInstanceOfSatisfying(
                        Reject.class,
                        reject -> assertThat(reject.reply().line())
                                .startsWith("550 5.7.1 slash64: the domain example.org is listed: "));
    }

    @Test
    void judge_listedDomainThatIsNotProven_isNotHeldAgainstIt() {
        known.list("example.org");
        assertThat(answer(policy, mail(V4), failed())).isEqualTo(new NoOpinion());
    }

    @Test
    void judge_listedSigner_isRejected() {
        known.list("example.org");
        Checked checked = checked(FcrdnsStatus.PASS, SpfStatus.NONE, Optional.of(signed(DkimStatus.PASS)));
        assertThat(answer(policy, withContent(V4), checked)).isInstanceOf(Reject.class);
    }

    @Test
    void judge_limits_doAsTheirRulesSay() {
        known.limit("2001:db8:a:1::/64", "m", LimitAction.MARK);
        assertThat(answer(policy, mail(V6), failed())).isInstanceOf(Mark.class);
        known.limit("2001:db8:a:1::/64", "d", LimitAction.DEFER);
        assertThat(answer(policy, mail(V6), failed()))
                .isInstanceOfSatisfying(
                        Defer.class,
                        defer -> assertThat(defer.reply().line())
                                .isEqualTo(
                                        "450 4.7.1 slash64: 2001:db8:a:1::/64 sends too much: more than 100 messages in PT1M"));
        known.limit("2001:db8:a::/48", "r", LimitAction.REJECT);
        assertThat(answer(policy, mail(V6), failed())).isInstanceOf(Reject.class);
    }

    @Test
    void judge_limitThatLists_isNoGround() {
        known.limit("2001:db8:a:1::/64", "l", LimitAction.LIST);
        assertThat(answer(policy, mail(V6), passed())).isEqualTo(new NoOpinion());
    }

    @Test
    void judge_goodDomainBySpf_passesLimitsOfPrefixesButNotItsOwn() {
        known.limit("2001:db8:a:1::/64", "d", LimitAction.DEFER).rate("example.org", Standing.GOOD);
        assertThat(answer(policy, mail(V6), passed())).isEqualTo(new NoOpinion());
        known.limit("example.org", "d", LimitAction.DEFER);
        assertThat(answer(policy, mail(V6), passed())).isInstanceOf(Defer.class);
    }

    @Test
    void judge_goodDomainByDkimAlone_doesNotPassLimits() {
        known.limit("192.0.2.0/24", "d", LimitAction.DEFER).rate("example.org", Standing.GOOD);
        Checked replayed = checked(FcrdnsStatus.PASS, SpfStatus.FAIL, Optional.of(signed(DkimStatus.PASS)));
        assertThat(answer(policy, withContent(V4), replayed)).isInstanceOf(Defer.class);
    }

    @Test
    void judge_ipv6WithoutName_isMarked() {
        Checked nameless = checked(FcrdnsStatus.PERMERROR, SpfStatus.PASS, Optional.empty());
        assertThat(answer(policy, mail(V6), nameless))
                .isEqualTo(new Mark("X-slash64", "no-ptr (the IPv6 client has no PTR record)"));
        assertThat(answer(policy, mail(V4), nameless)).isEqualTo(new NoOpinion());
    }

    @Test
    void judge_severalMarks_areOneField() {
        known.limit("2001:db8:a:1::/64", "m", LimitAction.MARK);
        Checked wrong = checked(FcrdnsStatus.FAIL, SpfStatus.FAIL, Optional.of(List.of()));
        assertThat(((Mark) answer(policy, withContent(V6), wrong)).value())
                .contains("limit-mark (", "; fcrdns-fail (", "; unauthenticated (");
    }

    @Test
    void judge_unauthenticatedOverIpv6_canBe421() {
        Policy mandatory = with(Ground.UNAUTHENTICATED, Action.TRY_IPV4);
        assertThat(answer(mandatory, withContent(V6), failed()))
                .isInstanceOfSatisfying(
                        TryIpv4.class,
                        answer -> assertThat(answer.reply().line()).startsWith("421 4.7.26 slash64: "));
    }

    @Test
    void judge_unauthenticatedWithoutContent_isNotKnown() {
        Checked unseen = checked(FcrdnsStatus.PASS, SpfStatus.FAIL, Optional.empty());
        assertThat(answer(policy, mail(V6), unseen)).isEqualTo(new NoOpinion());
    }

    @Test
    void judge_temperror_isNoFailure() {
        Policy strict = with(Ground.UNAUTHENTICATED, Action.REJECT);
        Checked spfLate = checked(FcrdnsStatus.TEMPERROR, SpfStatus.TEMPERROR, Optional.of(List.of()));
        Checked dkimLate = checked(FcrdnsStatus.PASS, SpfStatus.NONE, Optional.of(signed(DkimStatus.TEMPERROR)));
        assertThat(answer(strict, withContent(V6), spfLate)).isEqualTo(new NoOpinion());
        assertThat(answer(strict, withContent(V6), dkimLate)).isEqualTo(new NoOpinion());
    }

    @Test
    void judge_signedOverIpv6_isAuthenticated() {
        Checked signed = checked(FcrdnsStatus.PASS, SpfStatus.NONE, Optional.of(signed(DkimStatus.PASS)));
        assertThat(answer(with(Ground.UNAUTHENTICATED, Action.REJECT), withContent(V6), signed))
                .isEqualTo(new NoOpinion());
    }

    @ParameterizedTest
    @EnumSource(Ground.class)
    void judge_ipv4Client_neverGets421(Ground ground) {
        known.list("192.0.2.0/24").list("example.org");
        for (LimitAction action : LimitAction.values()) {
            known.limit("192.0.2.0/24", action.name(), action);
        }
        Answer answer = answer(with(ground, Action.TRY_IPV4), withContent(V4), passed());
        assertThat(answer).isNotInstanceOf(TryIpv4.class);
    }

    @Test
    void judge_421ForAnIpv4Client_isDeferral() {
        known.list("192.0.2.0/24");
        assertThat(answer(with(Ground.LISTED_CLIENT, Action.TRY_IPV4), mail(V4), passed()))
                .isInstanceOf(Defer.class);
    }

    @Test
    void judge_listedClientThatIsOnlyQuarantined_isNotSettledAtOnce() {
        known.list("192.0.2.0/24");
        Policy mild = with(Ground.LISTED_CLIENT, Action.QUARANTINE);
        assertThat(mild.atOnce(mail(V4), known.knowledge(), NOW)).isEmpty();
        assertThat(answer(mild, mail(V4), passed())).isInstanceOf(Quarantine.class);
    }

    @Test
    void judge_listedClientThatIsAccepted_hasNoOpinion() {
        known.list("192.0.2.0/24");
        assertThat(answer(with(Ground.LISTED_CLIENT, Action.ACCEPT), mail(V4), passed()))
                .isEqualTo(new NoOpinion());
    }

    @Test
    void reply_longReason_fitsALineWithItsLink() {
        Replies replies = new Replies(Optional.of(new LinkTemplate("https://example.org/why?s={subject}")));
        Answer.Reply reply = replies.permanent(
                new Found(Ground.LISTED_CLIENT, Address.parse(V6).map(Prefix::finest), "x\r\ny".repeat(500)));
        assertThat(reply.line())
                .hasSizeLessThanOrEqualTo(510)
                .doesNotContain("\r", "\n")
                .endsWith("s=2001:db8:a:1::/64");
    }
}
