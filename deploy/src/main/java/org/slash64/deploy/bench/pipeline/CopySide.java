package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.slash64.deploy.bench.Side;
import org.slash64.schemas.Topics;

/** One bare copy of smtp.events. */
final class CopySide implements Side {

    private static final String COPY = "bare.copy";

    private final Load load;
    private final LoadedKafka kafka;

    CopySide(Load load, LoadedKafka kafka) {
        this.load = load;
        this.kafka = kafka;
    }

    @Override
    public String label() {
        return "bare copy";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        kafka.replace(List.of(COPY), Topics.SMTP_EVENTS.partitions());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Topics.SMTP_EVENTS.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(COPY, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        double seconds = StreamsRun.seconds(builder.build(), kafka.settings(kafka.nextApplication("copy")), () -> true);
        return load.size() / seconds;
    }
}
