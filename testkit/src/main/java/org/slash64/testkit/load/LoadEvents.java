package org.slash64.testkit.load;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slash64.schemas.Address;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.MissingField;
import org.slash64.schemas.MissingReason;
import org.slash64.schemas.SessionEnd;
import org.slash64.schemas.SmtpEvent;

/**
 * Events without end, as a {@link Mix} says. A session is some messages and then its connection, as correlation tells it; its
 * clients, names and signatures fit the records of {@link LoadZone}. One thread.
 */
public final class LoadEvents implements Iterator<SmtpEvent> {

    private static final int MX = 4;
    private static final int MOST_MESSAGES = 4;
    private static final int MILLIS = 1_000;
    private static final int MAX_PID = 32_768;

    private static final List<EventField> SEEN_OF_MESSAGE = List.of(
            EventField.CLIENT_NAME,
            EventField.HELO,
            EventField.QUEUE_ID,
            EventField.MESSAGE_ID,
            EventField.MAIL_FROM,
            EventField.RECIPIENTS,
            EventField.SIZE,
            EventField.FROM_DOMAINS,
            EventField.DKIM);
    private static final List<MissingField> MISSING_OF_MESSAGE =
            List.of(new MissingField(EventField.SASL_METHOD, MissingReason.NOT_LOGGED));
    private static final List<EventField> SEEN_OF_CONNECTION =
            List.of(EventField.CLIENT_NAME, EventField.END, EventField.DURATION, EventField.COMMANDS);
    private static final List<MissingField> MISSING_OF_CONNECTION =
            List.of(new MissingField(EventField.HELO, MissingReason.NOT_LOGGED));

    private final Mix mix;
    private final SplittableRandom random;
    private final Zipf networks;
    private final Zipf domains;
    private final Clients clients;
    private final Keys keys;
    private final Deque<SmtpEvent> session = new ArrayDeque<>();
    private final double endOfSession;
    private long count;

    /** @param zone of the same mix */
    public LoadEvents(LoadZone zone) {
        this.mix = zone.mix();
        this.keys = zone.keys();
        this.random = new SplittableRandom(mix.seed());
        this.networks = new Zipf(mix.networks());
        this.domains = new Zipf(mix.domains());
        this.clients = new Clients(mix.ipv6());
        this.endOfSession = 1 - mix.messages();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public SmtpEvent next() {
        if (session.isEmpty()) {
            begin();
        }
        return session.removeFirst();
    }

    /** Messages until one draw says connection: then their shares are those of the mix, but for the bound. */
    private void begin() {
        boolean busy = random.nextDouble() < mix.oneNetwork();
        Address client = busy ? Clients.drawBusy(random) : clients.draw(networks.draw(random), random);
        Optional<String> name = Clients.name(client, mix.domains());
        String connection = id();
        String host = "mx" + (1 + random.nextInt(MX));
        long pid = 1L + random.nextInt(MAX_PID);
        while (random.nextDouble() >= endOfSession && session.size() < MOST_MESSAGES) {
            session.addLast(message(event(EventKind.MESSAGE, client, name, connection, host, pid)));
        }
        if (mix.messages() < 1) {
            session.addLast(connection(event(EventKind.CONNECTION, client, name, connection, host, pid)));
        }
    }

    private SmtpEvent event(
            EventKind kind, Address client, Optional<String> name, String connection, String host, long pid) {
        Instant time = mix.start().plusMillis(count++ * MILLIS / mix.perSecond());
        SmtpEvent event = new SmtpEvent();
        event.setId(id());
        event.setKind(kind);
        event.setConnection(connection);
        event.setTime(time);
        event.setCountedAt(time);
        event.setMta("postfix");
        event.setHost(host);
        event.setService("smtpd");
        event.setPid(pid);
        event.setClient(client.toString());
        event.setClientName(name.orElse(null));
        event.setCommands(Map.of());
        event.setCommandsFailed(Map.of());
        event.setTlsNames(List.of());
        event.setFromDomains(List.of());
        event.setReplyToDomains(List.of());
        event.setSenderDomains(List.of());
        event.setClaims(List.of());
        return event;
    }

    private SmtpEvent connection(SmtpEvent event) {
        event.setEnd(SessionEnd.QUIT);
        event.setDuration(100L + random.nextInt(MILLIS));
        event.setCommands(Map.of("ehlo", 1, "mail", 1, "rcpt", 1, "data", 1, "quit", 1));
        event.setSeen(SEEN_OF_CONNECTION);
        event.setMissing(MISSING_OF_CONNECTION);
        return event;
    }

    private SmtpEvent message(SmtpEvent event) {
        int number = random.nextInt();
        int domain = domains.draw(random);
        String name = Domains.name(domain);
        event.setHelo(event.getClientName() == null ? "localhost.localdomain" : event.getClientName());
        event.setQueueId(HexFormat.of().toHexDigits(number));
        event.setMessageId(event.getId() + "@" + name);
        event.setMailFrom("bounces+" + Integer.toUnsignedString(number) + "@" + name);
        event.setRecipients(1);
        event.setSize(2_000L + random.nextInt(40_000));
        event.setFromDomains(List.of(name));
        event.setDkim(random.nextDouble() < mix.signed() ? keys.signed(domain, number) : Keys.unsigned());
        event.setSeen(SEEN_OF_MESSAGE);
        event.setMissing(MISSING_OF_MESSAGE);
        return event;
    }

    private String id() {
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }
}
