package org.slash64.deploy.bench.policy;

import java.io.IOException;
import java.net.SocketAddress;
import org.slash64.deploy.bench.Latencies;

/** Something that asks a server at a rate. */
@FunctionalInterface
interface Load {

    /** Asks so many times a second, unmeasured at first. */
    Latencies ask(SocketAddress server, int rate) throws IOException, InterruptedException;
}
