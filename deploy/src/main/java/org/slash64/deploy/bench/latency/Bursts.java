package org.slash64.deploy.bench.latency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slash64.deploy.bench.FreshClients;
import org.slash64.deploy.bench.live.LoadStream;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpEvent;
import org.slash64.testkit.load.Mix;
import org.slash64.topology.limit.LimitRule;

/**
 * Bursts without end: the connections of one client that nobody saw before, as many as it takes to cross the limit on
 * connections of a /64. The last one crosses it. One thread.
 */
final class Bursts {

    /** Among {@link LimitRule#defaults()}. */
    private static final String RULE = "connections";

    private static final FreshClients CLIENTS = new FreshClients(1);

    private final LimitRule rule = LimitRule.defaults().stream()
            .filter(known -> known.name().equals(RULE))
            .findFirst()
            .orElseThrow();
    private final LoadStream connections;
    private int number;

    /**
     * One client's connections.
     *
     * @param limit key of the limit that they lead to, in prefix.limits
     * @param events in the order in which they are to be sent
     */
    record Burst(String limit, List<SmtpEvent> events) {}

    /** @param mix of the load, whose events have other ids */
    Bursts(Mix mix) {
        connections = new LoadStream(new Mix(
                mix.seed() + 1, 0, 0, mix.ipv6(), mix.networks(), mix.domains(), 0, mix.perSecond(), mix.start()));
    }

    /** Events of one burst. */
    int size() {
        return (int) (rule.maximum() + rule.burst() + 1);
    }

    /** The next one, all of it at one time. */
    Burst next(Instant time) {
        Prefix prefix = Prefix.finest(CLIENTS.client(number));
        List<SmtpEvent> events = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            SmtpEvent event = connections.next(time);
            event.setClient(CLIENTS.client(number).toString());
            event.setClientName(null);
            events.add(event);
        }
        number++;
        return new Burst(prefix + " " + rule.name(), events);
    }
}
