package org.slash64.deploy.bench.pipeline;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slash64.deploy.bench.FreshClients;
import org.slash64.deploy.bench.LoadDns;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.enrichers.domain.DnsBlocklists;
import org.slash64.schemas.Address;
import org.slash64.schemas.SmtpEvent;
import org.slash64.testkit.load.LoadEvents;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;
import org.slash64.topology.enrich.DnsLookup;
import org.slash64.topology.enrich.EventLookup;
import org.xbill.DNS.Type;

/** So many events of a mix, and the look-ups that are made about them, all answers at hand. */
final class Load {

    /** /64s of each /48 where a load is spread. */
    static final int PER_NETWORK = 4;

    private final Mix mix;
    private final int events;
    private final int spreadOver;
    private final LoadZone zone;
    private final LoadDns dns;
    private final EventLookup lookup;

    Load(Mix mix, int events) {
        this(mix, events, 0);
    }

    private Load(Mix mix, int events, int spreadOver) {
        this.mix = mix;
        this.events = events;
        this.spreadOver = spreadOver;
        this.zone = new LoadZone(mix);
        this.dns = new LoadDns(zone);
        this.lookup = new DnsLookup(spreadOver > 0 ? nameless(dns) : dns, new DnsBlocklists(List.of()));
    }

    /**
     * Events of other clients: of each of so many /64s one, and then so many of /64s that are drawn from them alike.
     *
     * @param mix what else there is in them
     */
    static Load spread(Mix mix, int events, int prefixes) {
        return new Load(mix, prefixes + events, prefixes);
    }

    /** Clients that are no part of the mix have no names, and that need not be remembered of each. */
    private static Dns nameless(Dns dns) {
        CompletableFuture<DnsAnswer> nothing = CompletableFuture.completedFuture(
                new DnsAnswer(DnsOutcome.NXDOMAIN, List.of(), Duration.ofHours(1), ""));
        return (name, type) -> type == Type.PTR ? nothing : dns.query(name, type);
    }

    int size() {
        return events;
    }

    /** The same each time. */
    Iterator<SmtpEvent> events() {
        Stream<SmtpEvent> all = Stream.generate(new LoadEvents(zone)::next).limit(events);
        return (spreadOver > 0 ? all.map(spreading()) : all).iterator();
    }

    private UnaryOperator<SmtpEvent> spreading() {
        FreshClients clients = new FreshClients(PER_NETWORK);
        SplittableRandom random = new SplittableRandom(mix.seed());
        AtomicInteger next = new AtomicInteger();
        return event -> {
            int number = next.getAndIncrement();
            int place = number < spreadOver ? number : random.nextInt(spreadOver);
            event.setClient(clients.client(place).toString());
            event.setClientName(null);
            return event;
        };
    }

    EventLookup lookup() {
        return lookup;
    }

    /** Asks once about each event, so that no answer has to be made while it is measured. */
    void warm() {
        for (Iterator<SmtpEvent> all = events(); all.hasNext(); ) {
            SmtpEvent event = all.next();
            lookup.lookUp(event, Address.parse(event.getClient()).orElseThrow()).join();
        }
    }

    /** What {@link #warm} asked about its events, each question once. */
    List<LoadDns.Question> questions() {
        return dns.questions();
    }

    Mix mix() {
        return mix;
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("events", events + ", " + mix.perSecond() + " in each second of event time, seed " + mix.seed());
        settings.put(
                "mix",
                percent(1 - mix.messages()) + " connections, " + percent(mix.messages()) + " messages, "
                        + percent(mix.signed()) + " of these with an RSA-2048 signature; " + percent(mix.ipv6())
                        + " of the networks IPv6");
        settings.put(
                "drawn from",
                mix.networks() + " networks and " + mix.domains() + " domains by Zipf's law, DNS answers at hand");
        return settings;
    }

    private static String percent(double share) {
        return Math.round(100 * share) + "%";
    }
}
