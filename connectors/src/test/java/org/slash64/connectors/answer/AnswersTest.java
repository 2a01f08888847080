package org.slash64.connectors.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.connectors.answer.Known.NOW;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.answer.Answer.Mark;
import org.slash64.connectors.answer.Answer.NoOpinion;
import org.slash64.connectors.answer.Answer.TryIpv4;
import org.slash64.enrichers.authentication.Authenticator;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.schemas.Address;

/** What becomes of 421 where it cannot be said. */
class AnswersTest {

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String V6 = "2001:db8:a:1::5";
    private static final String V4 = "192.0.2.5";

    private final Known known = new Known();
    private final List<Address> asked = new ArrayList<>();
    private final Policy policy = Policy.defaults().withActions(Map.of(Ground.NO_PTR, Action.TRY_IPV4));

    private Answer answer(Policy with, boolean mayTell, String client, boolean loggedIn, String service) {
        InlineChecks checks = new InlineChecks((name, type) -> new CompletableFuture<>(), Duration.ofMillis(10), CLOCK);
        Ipv4Fallback fallback = (address, mailFrom, now) -> {
            assertThat(mailFrom).contains("a@example.org");
            asked.add(address);
            return mayTell;
        };
        Mail mail = new Mail(
                Address.parse(client),
                loggedIn,
                service,
                Optional.of("mx.example.org"),
                Optional.of("a@example.org"),
                Optional.empty());
        Findings findings = new Findings(
                Optional.of(FcrdnsStatus.PERMERROR), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        FcrdnsResult reverse = new FcrdnsResult(FcrdnsStatus.PERMERROR, List.of(), List.of(), List.of(), "");
        return new Answers(known.knowledge(), checks, with, fallback, CLOCK)
                .opinion(mail, Optional.of(new Checked(NOW, reverse, findings, Authenticator.summarise(findings))))
                .join()
                .answer();
    }

    private Answer answer(Policy with, boolean mayTell, String client) {
        return answer(with, mayTell, client, false, "smtpd");
    }

    @Test
    void opinion_mayBeTold_isTold() {
        assertThat(answer(policy, true, V6)).isInstanceOf(TryIpv4.class);
        assertThat(asked).containsExactly(Address.parse(V6).orElseThrow());
    }

    @Test
    void opinion_mayNotBeTold_isAcceptedOrMarked() {
        assertThat(answer(policy, false, V6)).isEqualTo(new NoOpinion());
        assertThat(answer(policy.withInsteadOf421(Action.MARK), false, V6))
                .isEqualTo(new Mark(Policy.FIELD, "no-ptr (the IPv6 client has no PTR record)"));
    }

    @Test
    void opinion_noOtherAnswer_isAskedFor() {
        answer(Policy.defaults(), true, V6);
        answer(policy, true, V4);
        answer(policy, true, V6, true, "smtpd");
        answer(policy, true, V6, false, "submission");
        answer(policy, true, "fd00::1");
        known.allow("2001:db8:a:1::/64");
        answer(policy, true, V6);
        assertThat(asked).isEmpty();
    }
}
