package org.slash64.deploy.bench.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slash64.deploy.bench.LoadDns;
import org.slash64.enrichers.dns.Dns;
import org.slash64.schemas.Address;
import org.slash64.schemas.SmtpEvent;
import org.slash64.testkit.load.LoadEvents;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;

/** The events of a mix, at times that are told one by one. One thread at a time. */
public final class LoadStream {

    private final LoadZone zone;
    private final LoadEvents events;

    public LoadStream(Mix mix) {
        this.zone = new LoadZone(mix);
        this.events = new LoadEvents(zone);
    }

    /** The next one. */
    public SmtpEvent next(Instant time) {
        SmtpEvent event = events.next();
        event.setTime(time);
        event.setCountedAt(time);
        return event;
    }

    /** Clients of its first events, one for each event: who sends often is there often. */
    public List<Address> firstClients(int number) {
        LoadEvents again = new LoadEvents(zone);
        List<Address> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            clients.add(Address.parse(again.next().getClient()).orElseThrow());
        }
        return clients;
    }

    /** What DNS says about all of them, at hand. */
    Dns dns() {
        return new LoadDns(zone);
    }
}
