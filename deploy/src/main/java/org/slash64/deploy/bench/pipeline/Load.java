package org.slash64.deploy.bench.pipeline;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slash64.deploy.bench.LoadDns;
import org.slash64.enrichers.domain.DnsBlocklists;
import org.slash64.schemas.Address;
import org.slash64.schemas.SmtpEvent;
import org.slash64.testkit.load.LoadEvents;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;
import org.slash64.topology.enrich.DnsLookup;
import org.slash64.topology.enrich.EventLookup;

/** So many events of a mix, and the look-ups that are made about them, all answers at hand. */
final class Load {

    private final Mix mix;
    private final int events;
    private final LoadZone zone;
    private final LoadDns dns;
    private final EventLookup lookup;

    Load(Mix mix, int events) {
        this.mix = mix;
        this.events = events;
        this.zone = new LoadZone(mix);
        this.dns = new LoadDns(zone);
        this.lookup = new DnsLookup(dns, new DnsBlocklists(List.of()));
    }

    int size() {
        return events;
    }

    /** The same each time. */
    Iterator<SmtpEvent> events() {
        return Stream.generate(new LoadEvents(zone)::next).limit(events).iterator();
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
