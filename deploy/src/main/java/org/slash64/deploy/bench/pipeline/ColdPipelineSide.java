package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.slash64.deploy.bench.Side;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.enrichers.dns.DnsStatistics;
import org.slash64.enrichers.domain.DnsBlocklists;
import org.slash64.topology.enrich.DnsLookup;

/** The pipeline with a DNS client that knows nothing yet; its rate is that of the answers which the client gets. */
final class ColdPipelineSide implements Side {

    private final PipelineSide pipeline;
    private final int events;
    private final InetSocketAddress server;
    private final Consumer<String> found;

    /**
     * One side.
     *
     * @param events of a round
     * @param server whom the client asks
     * @param found is told of each round what was measured
     */
    ColdPipelineSide(PipelineSide pipeline, int events, InetSocketAddress server, Consumer<String> found) {
        this.pipeline = pipeline;
        this.events = events;
        this.server = server;
        this.found = found;
    }

    @Override
    public String label() {
        return pipeline.label();
    }

    @Override
    public double round() throws IOException, InterruptedException {
        try (DnsClient client = new DnsClient(List.of(server))) {
            double rate = pipeline.rate(new DnsLookup(client, new DnsBlocklists(List.of())));
            DnsStatistics asked = client.statistics();
            double answers = (double) answered(asked.outcomes()) / events;
            found.accept(String.format(
                    Locale.ROOT,
                    "%,.0f events/s, %.2f answers for each; of %,d questions %,d were cached, %,d in flight already, %,d"
                            + " turned away, %,d not answered",
                    rate,
                    answers,
                    asked.questions(),
                    asked.cacheHits(),
                    asked.joined(),
                    asked.overflowed(),
                    unanswered(asked)));
            return rate * answers;
        }
    }

    private static long unanswered(DnsStatistics asked) {
        long all = asked.outcomes().values().stream().mapToLong(Long::longValue).sum();
        return all - answered(asked.outcomes()) - asked.overflowed();
    }

    /** Those that a server has told. */
    static long answered(Map<DnsOutcome, Long> outcomes) {
        return outcomes.getOrDefault(DnsOutcome.ANSWER, 0L)
                + outcomes.getOrDefault(DnsOutcome.NODATA, 0L)
                + outcomes.getOrDefault(DnsOutcome.NXDOMAIN, 0L);
    }
}
