package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import org.apache.kafka.streams.Topology;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.deploy.bench.Side;
import org.slash64.schemas.Topics;
import org.slash64.topology.PipelineStatistics;
import org.slash64.topology.SmtpTopology;
import org.slash64.topology.TopologySettings;
import org.slash64.topology.enrich.EventLookup;

/** The pipeline itself, from smtp.events on. */
final class PipelineSide implements Side {

    private final String label;
    private final Load load;
    private final LoadedKafka kafka;

    PipelineSide(String label, Load load, LoadedKafka kafka) {
        this.label = label;
        this.load = load;
        this.kafka = kafka;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public double round() throws IOException, InterruptedException {
        return rate(load.lookup());
    }

    /** Events a second with other look-ups. */
    double rate(EventLookup lookup) throws IOException, InterruptedException {
        kafka.reset();
        PipelineStatistics statistics = new PipelineStatistics();
        Topology topology = new SmtpTopology(
                        TopologySettings.defaults(),
                        LogParsers.all(),
                        kafka.ids(),
                        lookup,
                        statistics,
                        Topics.SMTP_VERDICTS.partitions())
                .build();
        double seconds = StreamsRun.seconds(
                topology,
                kafka.settings(kafka.nextApplication("pipeline")),
                () -> statistics.verdicts().all() >= load.size());
        if (statistics.verdicts().all() != load.size()) {
            throw new IOException(
                    load.size() + " events, but " + statistics.verdicts().all() + " verdicts");
        }
        return load.size() / seconds;
    }
}
