package org.slash64.topology.fallback;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.schemas.Address;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.MailSighting;
import org.slash64.schemas.state.SightingKind;
import org.slash64.topology.enrich.EventTime;
import org.slash64.topology.enrich.OutcomeTable;

/**
 * Picks out what concerns mail that was told to come over IPv4: our own 421, what was accepted over IPv6, and whatever came
 * over IPv4. Forwards {@link MailSighting}s under each of the {@link MailKeys} of the mail, a 421 under the best alone. Exempt
 * events are none of them.
 */
public final class SightMails implements Processor<String, SmtpVerdict, String, Contribution> {

    /** RFC 5321 section 3.8: the service closes the connection. */
    private static final int CLOSING = 421;

    private final boolean wanted;
    private ProcessorContext<String, Contribution> context;

    /** @param wanted false where nobody is ever told to come over IPv4, so that nothing is to be seen */
    public SightMails(boolean wanted) {
        this.wanted = wanted;
    }

    @Override
    public void init(ProcessorContext<String, Contribution> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, SmtpVerdict> record) {
        SmtpVerdict verdict = record.value();
        Optional<Address> client = Address.parse(verdict.getEvent().getClient());
        if (wanted && verdict.getExempt() == null && client.isPresent()) {
            kind(verdict.getEvent(), client.get()).ifPresent(kind -> forward(record, kind, client.get()));
        }
    }

    private static Optional<SightingKind> kind(SmtpEvent event, Address client) {
        if (event.getKind() == EventKind.CONNECTION) {
            return Optional.empty();
        }
        if (!client.v6()) {
            return Optional.of(SightingKind.OVER_IPV4);
        }
        if (event.getKind() == EventKind.MESSAGE) {
            return Optional.of(SightingKind.OVER_IPV6);
        }
        boolean told = OutcomeTable.isOwn(event) && event.getReplyCode() != null && event.getReplyCode() == CLOSING;
        return told ? Optional.of(SightingKind.TOLD) : Optional.empty();
    }

    private void forward(Record<String, SmtpVerdict> record, SightingKind kind, Address client) {
        long countedAt = record.value().getEvent().getCountedAt().toEpochMilli();
        long time = EventTime.believed(countedAt, context.currentSystemTimeMs());
        String network = client.v6() ? Prefix.finest(client).toString() : null;
        Contribution sighting = new Contribution(new MailSighting(kind, time, network));
        keys(record.value(), kind).forEach(key -> context.forward(new Record<>(key, sighting, record.timestamp())));
    }

    private static Collection<String> keys(SmtpVerdict verdict, SightingKind kind) {
        return switch (kind) {
            case TOLD -> MailKeys.best(verdict).map(List::of).orElseGet(List::of);
            case OVER_IPV4, OVER_IPV6 -> MailKeys.all(verdict);
        };
    }
}
