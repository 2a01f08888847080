package org.slash64.topology.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.slash64.schemas.Address;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SessionEnd;
import org.slash64.schemas.SmtpEvent;

/**
 * Events of one kind from some clients, evenly spread over a time; one client after the other, again and again.
 *
 * @param name by which feedback refers to it
 * @param each how many events each client has
 * @param at of the first event, by the wall clock
 * @param over no event comes later than this after the first
 * @param shuffled true where they arrive in any order
 * @param clock by how much the clock of the logging host is ahead of the wall clock
 * @param asLogLines true where they come as lines of a Postfix log
 */
record Traffic(
        String name,
        EventKind kind,
        List<Address> clients,
        int each,
        Instant at,
        Duration over,
        boolean shuffled,
        Duration clock,
        boolean asLogLines,
        Authentication authentication,
        Optional<Reply> reply,
        String sender,
        long size,
        Optional<String> sasl,
        String service,
        String host)
        implements Step {

    /** One event with the number of its client, and when it happens by the wall clock. */
    record Sent(SmtpEvent event, int client, Instant at) {}

    static Traffic read(EventKind kind, Fields fields) {
        Traffic traffic = new Traffic(
                fields.optional("name").orElse(""),
                kind,
                fields.value("from", Clients::parse),
                fields.value("each", 1, Integer::valueOf),
                fields.instant("at"),
                fields.value("over", Duration.ZERO, Fields::duration),
                fields.value("order", false, text -> choice(text, "in time", "shuffled")),
                fields.value("clock", Duration.ZERO, Traffic::clock),
                fields.value("as", false, text -> choice(text, "events", "log lines")),
                fields.value("authentication", Authentication.parse("not known"), Authentication::parse),
                kind == EventKind.REJECTION ? Optional.of(fields.value("reply", Reply::parse)) : Optional.empty(),
                fields.optional("sender").orElse("sender@example.org"),
                kind == EventKind.MESSAGE ? fields.value("size", 1_000L, Long::valueOf) : 0,
                fields.optional("sasl"),
                fields.optional("service").orElse("smtpd"),
                fields.optional("host").orElse("mx1"));
        fields.end();
        return traffic;
    }

    /** Such as {@code 2d fast} or {@code 1h slow}. */
    private static Duration clock(String text) {
        String[] words = text.split(" ", -1);
        Duration difference = Fields.duration(words[0]);
        return choice(text.substring(words[0].length()).strip(), "fast", "slow") ? difference.negated() : difference;
    }

    /** True for the second. */
    private static boolean choice(String text, String one, String other) {
        if (!text.equals(one) && !text.equals(other)) {
            throw new IllegalArgumentException("is neither \"" + one + "\" nor \"" + other + "\"");
        }
        return text.equals(other);
    }

    /** In the order of arrival. */
    List<Sent> events(EventNumbers numbers) {
        int count = clients.size() * each;
        List<Sent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant time = at.plus(over.multipliedBy(i).dividedBy(count));
            SmtpEvent event = event(clients.get(i % clients.size()), time.plus(clock), numbers);
            events.add(new Sent(event, i % clients.size(), time));
        }
        if (shuffled) {
            Collections.shuffle(events, new Random(count));
        }
        return events;
    }

    private SmtpEvent event(Address client, Instant time, EventNumbers numbers) {
        SmtpEvent event = new SmtpEvent();
        event.setId(numbers.next());
        event.setConnection(numbers.next());
        event.setKind(kind);
        event.setTime(time);
        event.setCountedAt(time);
        event.setMta("postfix");
        event.setHost(host);
        event.setService(service);
        event.setClient(client.toString());
        event.setCommands(Map.of());
        event.setCommandsFailed(Map.of());
        event.setTlsNames(List.of());
        event.setFromDomains(List.of());
        event.setReplyToDomains(List.of());
        event.setSenderDomains(List.of());
        event.setClaims(List.of());
        event.setSeen(List.of());
        event.setMissing(List.of());
        sasl.ifPresent(event::setSaslMethod);
        switch (kind) {
            case CONNECTION -> event.setEnd(SessionEnd.QUIT);
            case MESSAGE -> {
                event.setMailFrom(sender);
                event.setSize(size);
                event.setRecipients(1);
            }
            case REJECTION -> {
                event.setMailFrom(sender);
                event.setStage("RCPT");
                reply.orElseThrow().describe(event);
            }
        }
        return event;
    }
}
