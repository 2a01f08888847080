package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayList;
import org.slash64.schemas.state.HostState;

/** What is known of a host at its beginning and at its end. */
final class Hosts {

    private Hosts() {}

    /** True where nothing is kept for it but, at most, ids of events. */
    static boolean isQuiet(HostState host) {
        return host.getHeld() == 0 && host.getSessions() == 0 && host.getMessages() == 0 && host.getMessageIds() == 0;
    }

    /** True where nothing is kept for it. */
    static boolean isSpent(HostState host) {
        return isQuiet(host) && host.getIds() == 0;
    }

    static HostState begin(String name, Instant time) {
        HostState host = new HostState();
        host.setHost(name);
        host.setClock(time);
        host.setSeen(time);
        host.setReleased(Instant.EPOCH);
        host.setSweptAt(time);
        host.setLastSecond(time.getEpochSecond());
        host.setPieces(new ArrayList<>());
        return host;
    }
}
