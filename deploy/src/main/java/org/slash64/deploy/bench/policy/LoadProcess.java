package org.slash64.deploy.bench.policy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.slash64.deploy.bench.Latencies;

/** The load in a process of its own: {@code PORT RATE WARM-UP TIME}. Prints one line, {@link Latencies#print}. */
public final class LoadProcess {

    private LoadProcess() {}

    /** Asks on loopback, and ends. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress server =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        int rate = Integer.parseInt(arguments[1]);
        try (OpenLoop load = new OpenLoop(server, new PolicySample(Instant.EPOCH).requests())) {
            load.ask(rate, Duration.parse(arguments[2]));
            System.out.println(load.ask(rate, Duration.parse(arguments[3])).print());
        }
    }
}
