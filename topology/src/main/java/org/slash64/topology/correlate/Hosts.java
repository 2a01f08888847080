package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayList;
import org.slash64.schemas.state.HostState;

/** What is known of a host before its first line was worked on. */
final class Hosts {

    private Hosts() {}

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
