package org.slash64.topology;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slash64.schemas.Alignment;
import org.slash64.schemas.AuthenticatedDomain;
import org.slash64.schemas.AuthenticationMethod;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.AuthenticationVerdict;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.FcrdnsVerdict;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.topology.enrich.LookedUp;

/** Events and verdicts as short as a test wants them. */
public final class Events {

    static {
        AvroSerde.forTopic(Topics.SMTP_VERDICTS, new SchemasInMemory()); // lets Avro build and copy these records
    }

    private Events() {}

    /** An event of service smtpd on host mx1; every client has one connection. */
    public static SmtpEvent event(EventKind kind, String client, Instant at) {
        SmtpEvent event = new SmtpEvent();
        event.setId(kind + " " + client + " " + at);
        event.setKind(kind);
        event.setConnection("connection of " + client);
        event.setTime(at);
        event.setCountedAt(at);
        event.setMta("postfix");
        event.setHost("mx1");
        event.setService("smtpd");
        event.setClient(client);
        event.setCommands(Map.of());
        event.setCommandsFailed(Map.of());
        event.setTlsNames(List.of());
        event.setFromDomains(List.of());
        event.setReplyToDomains(List.of());
        event.setSenderDomains(List.of());
        event.setClaims(List.of());
        event.setSeen(List.of());
        event.setMissing(List.of());
        return event;
    }

    public static SmtpEvent connection(String client, Instant at) {
        return event(EventKind.CONNECTION, client, at);
    }

    public static SmtpEvent rejection(String client, Instant at, int code, String status, String reason) {
        SmtpEvent event = event(EventKind.REJECTION, client, at);
        event.setStage("RCPT");
        event.setReplyCode(code);
        event.setEnhancedStatus(status);
        event.setReason(reason);
        return event;
    }

    public static FcrdnsVerdict fcrdns(FcrdnsResult result) {
        return new FcrdnsVerdict(result, List.of(), List.of(), "said by the test", List.of(), false);
    }

    /** All that was looked up: reverse DNS, and the same of authentication. */
    public static LookedUp found(FcrdnsResult fcrdns) {
        return new LookedUp(
                fcrdns(fcrdns),
                List.of(),
                Optional.empty(),
                Optional.of(authentication(outcome(fcrdns))),
                List.of(),
                0,
                List.of());
    }

    private static AuthenticationOutcome outcome(FcrdnsResult fcrdns) {
        return switch (fcrdns) {
            case PASS -> AuthenticationOutcome.PASSED;
            case FAIL, PERMERROR -> AuthenticationOutcome.FAILED;
            case TEMPERROR -> AuthenticationOutcome.TEMPERROR;
            case NONE -> AuthenticationOutcome.NOT_KNOWN;
        };
    }

    public static AuthenticationVerdict authentication(AuthenticationOutcome outcome) {
        return new AuthenticationVerdict(outcome, List.of(), Alignment.NOT_KNOWN, "said by the test");
    }

    /** Authentication that these organisational domains passed. */
    public static AuthenticationVerdict proven(String... domains) {
        AuthenticationVerdict verdict = authentication(AuthenticationOutcome.PASSED);
        verdict.setDomains(Stream.of(domains)
                .map(domain -> new AuthenticatedDomain(
                        "mail." + domain, domain, AuthenticationMethod.DKIM, Alignment.NOT_KNOWN))
                .toList());
        return verdict;
    }

    public static SmtpVerdict verdict(SmtpEvent event, FcrdnsResult fcrdns, Outcome outcome) {
        return SmtpVerdict.newBuilder()
                .setEvent(event)
                .setFcrdns(fcrdns(fcrdns))
                .setExempt(null)
                .setOutcome(outcome)
                .setOutcomeReason("said by the test")
                .build();
    }
}
