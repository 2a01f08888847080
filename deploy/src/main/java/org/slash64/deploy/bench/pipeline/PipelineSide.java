package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    private final Layout layout;
    private final int unmeasured;

    PipelineSide(String label, Load load, LoadedKafka kafka) {
        this(label, load, kafka, Layout.USUAL, 0);
    }

    /** @param unmeasured events at the beginning that only fill the state */
    PipelineSide(String label, Load load, LoadedKafka kafka, Layout layout, int unmeasured) {
        this.label = label;
        this.load = load;
        this.kafka = kafka;
        this.layout = layout;
        this.unmeasured = unmeasured;
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
        String application = kafka.nextApplication("pipeline");
        List<StreamsRun.Instance> instances = new ArrayList<>();
        for (int instance = 0; instance < layout.instances(); instance++) {
            instances.add(new StreamsRun.Instance(
                    topology(lookup, statistics), layout.over(kafka.settings(application, instance))));
        }
        StreamsRun.Measured measured = StreamsRun.of(
                instances, new StreamsRun.Part(() -> statistics.verdicts().all(), unmeasured, load.size()));
        if (statistics.verdicts().all() != load.size()) {
            throw new IOException(
                    load.size() + " events, but " + statistics.verdicts().all() + " verdicts");
        }
        return (load.size() - measured.before()) / measured.seconds();
    }

    private Topology topology(EventLookup lookup, PipelineStatistics statistics) {
        return new SmtpTopology(
                        TopologySettings.defaults(),
                        LogParsers.all(),
                        kafka.ids(),
                        lookup,
                        statistics,
                        Topics.SMTP_VERDICTS.partitions())
                .build();
    }
}
