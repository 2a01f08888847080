package org.slash64.topology.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.DomainExistence;
import org.slash64.schemas.DomainRole;
import org.slash64.schemas.DomainVerdict;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.MailSighting;
import org.slash64.schemas.state.SightingKind;
import org.slash64.topology.Events;
import org.slash64.topology.StepContext;

class SightMailsTest {

    private static final Instant AT = Instant.parse("2026-11-16T08:00:00Z");
    private static final String V6 = "2001:db8:1:2::25";
    private static final String V4 = "192.0.2.25";

    private static SmtpVerdict told(String sender, String messageId) {
        SmtpEvent event = Events.rejection(V6, AT, 421, "4.7.26", "slash64: over IPv6 mail must pass SPF or DKIM");
        return verdict(event, sender, messageId);
    }

    private static SmtpVerdict accepted(String client, String sender, String messageId) {
        return verdict(Events.event(EventKind.MESSAGE, client, AT), sender, messageId);
    }

    private static SmtpVerdict verdict(SmtpEvent event, String sender, String messageId) {
        event.setMailFrom(sender);
        event.setMessageId(messageId);
        return Events.verdict(event, FcrdnsResult.PASS, Outcome.NEUTRAL);
    }

    private static SmtpVerdict with(SmtpVerdict verdict, DomainRole role, String organisational) {
        verdict.setDomains(List.of(new DomainVerdict(
                "mx." + organisational,
                List.of(role),
                "mx." + organisational,
                organisational,
                organisational,
                DomainExistence.HAS_MX,
                List.of())));
        return verdict;
    }

    private static List<Record<? extends String, ? extends Contribution>> sightings(
            boolean wanted, SmtpVerdict verdict) {
        StepContext<String, Contribution> step = new StepContext<>(0);
        SightMails sight = new SightMails(wanted);
        sight.init(step.context());
        sight.process(new Record<>("connection", verdict, step.now()));
        return step.forwarded();
    }

    private static Set<String> keys(SmtpVerdict verdict) {
        return sightings(true, verdict).stream().map(Record::key).collect(Collectors.toSet());
    }

    private static boolean areTheSame(SmtpVerdict told, SmtpVerdict arrival) {
        assertThat(keys(told)).hasSizeLessThanOrEqualTo(1);
        Set<String> both = new HashSet<>(keys(told));
        both.retainAll(keys(arrival));
        return !both.isEmpty();
    }

    private static List<SightingKind> kinds(SmtpVerdict verdict) {
        return sightings(true, verdict).stream()
                .map(record -> ((MailSighting) record.value().getContent()).getKind())
                .distinct()
                .toList();
    }

    @Test
    void process_our421_isTold() {
        assertThat(sightings(true, told("a@example.org", "m@x")))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value().getContent())
                            .isEqualTo(new MailSighting(SightingKind.TOLD, AT.toEpochMilli(), "2001:db8:1:2::/64"));
                    assertThat(record.key()).matches("[0-9a-f]{32}");
                });
    }

    @Test
    void process_arrivals_areWhatTheyAre() {
        assertThat(kinds(accepted(V6, "a@example.org", null))).containsExactly(SightingKind.OVER_IPV6);
        assertThat(kinds(accepted(V4, "a@example.org", null))).containsExactly(SightingKind.OVER_IPV4);
        SmtpEvent refused = Events.rejection(V4, AT, 450, "4.2.0", "greylisted");
        assertThat(kinds(verdict(refused, "a@example.org", null))).containsExactly(SightingKind.OVER_IPV4);
    }

    @Test
    void process_whatIsNoNews_isPassedOver() {
        assertThat(kinds(verdict(Events.connection(V4, AT), "a@example.org", null)))
                .isEmpty();
        assertThat(kinds(verdict(Events.rejection(V6, AT, 550, "5.1.1", "no"), "a@example.org", null)))
                .isEmpty();
        assertThat(kinds(accepted(V4, null, "m@x"))).as("no sender is known").isEmpty();
        SmtpVerdict exempt = told("a@example.org", null);
        exempt.setExempt("SASL");
        assertThat(kinds(exempt)).isEmpty();
        assertThat(sightings(false, told("a@example.org", "m@x")))
                .as("not followed")
                .isEmpty();
    }

    @Test
    void keys_messageIdOnBothSides_decides() {
        assertThat(areTheSame(told("a@example.org", "m@x"), accepted(V4, "A@Example.org", "m@x")))
                .isTrue();
        assertThat(areTheSame(told("a@example.org", "m@x"), accepted(V4, "a@example.org", "other@x")))
                .isFalse();
        assertThat(areTheSame(told("a@example.org", "m@x"), accepted(V4, "b@example.org", "m@x")))
                .isFalse();
    }

    @Test
    void keys_toldBeforeTheMessageCame_theSenderDecides() {
        assertThat(areTheSame(told("a@example.org", null), accepted(V4, "a@example.org", "m@x")))
                .isTrue();
        assertThat(areTheSame(told("a@example.org", null), accepted(V4, "b@example.org", "m@x")))
                .isFalse();
    }

    @Test
    void keys_nullSender_standsForItsHost() {
        SmtpVerdict told = with(told("", null), DomainRole.HELO, "example.org");
        assertThat(areTheSame(told, with(accepted(V4, "", "m@x"), DomainRole.PTR, "example.org")))
                .isTrue();
        assertThat(areTheSame(told, with(accepted(V4, "", "m@x"), DomainRole.PTR, "example.com")))
                .isFalse();
        assertThat(areTheSame(told("", "m@x"), accepted(V4, "", "m@x"))).isTrue();
        assertThat(keys(told("", null))).isEmpty();
    }
}
