package org.slash64.deploy.bench.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slash64.deploy.bench.Side;

/**
 * dnsperf, one client on one thread, with as many queries outstanding and the same EDNS as the other side.
 *
 * @param program the executable
 * @param directory of {@code queries}, and for its output
 * @param server whom it asks
 * @param time how long
 */
record DnsperfSide(Path program, Path directory, InetSocketAddress server, Duration time) implements Side {
    static final String QUERIES = "queries";

    private static final Duration GRACE = Duration.ofSeconds(30);
    /** A share of lost queries that noise on a loaded machine may explain. */
    private static final double MOST_LOST = 0.001;

    @Override
    public String label() {
        return "dnsperf";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        DnsperfReport report = DnsperfReport.parse(run());
        if (report.lost() > MOST_LOST * report.completed() || report.noerror() != report.completed()) {
            throw new IOException("dnsperf got " + report.noerror() + " good answers of " + report.completed()
                    + " and lost " + report.lost());
        }
        return report.perSecond();
    }

    private String run() throws IOException, InterruptedException {
        Path output = directory.resolve("dnsperf.out");
        Process process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(time.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("dnsperf does not end");
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    private List<String> command() {
        return List.of(
                program.toString(),
                "-s",
                server.getAddress().getHostAddress(),
                "-p",
                Integer.toString(server.getPort()),
                "-d",
                directory.resolve(QUERIES).toString(),
                "-l",
                Long.toString(Math.max(1, time.toSeconds())),
                "-q",
                Integer.toString(DnsBench.OUTSTANDING),
                "-c",
                "1",
                "-T",
                "1",
                "-e");
    }
}
