package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.slash64.deploy.bench.Side;
import org.slash64.schemas.Address;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.topology.enrich.LookedUp;

/**
 * What one would write first: look-ups that are waited for, and for each of three levels a windowed count of the DSL, each
 * behind a repartition. It finds out the same about each event, and decides nothing.
 */
final class NaiveSide implements Side {

    private static final int LEVELS = 3;
    private static final String COUNTS = "naive.counts";
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Load load;
    private final LoadedKafka kafka;
    private final LongAdder verdicts = new LongAdder();

    NaiveSide(Load load, LoadedKafka kafka) {
        this.load = load;
        this.kafka = kafka;
    }

    @Override
    public String label() {
        return "naive";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        kafka.reset();
        kafka.replace(List.of(COUNTS), Topics.PREFIX_COUNTS.partitions());
        verdicts.reset();
        double seconds = StreamsRun.seconds(
                topology(), kafka.settings(kafka.nextApplication("naive")), () -> verdicts.sum() >= load.size());
        return load.size() / seconds;
    }

    private Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<SmtpVerdict> serde = AvroSerde.forTopic(Topics.SMTP_VERDICTS, kafka.ids());
        Consumed<String, SmtpVerdict> consumed = Consumed.with(Serdes.String(), serde);
        builder.stream(
                        Topics.SMTP_EVENTS.name(),
                        Consumed.with(Serdes.String(), AvroSerde.forTopic(Topics.SMTP_EVENTS, kafka.ids())))
                .mapValues(this::verdict)
                .to(Topics.SMTP_VERDICTS.name(), Produced.with(Serdes.String(), serde));
        KStream<String, SmtpVerdict> all = builder.stream(
                Topics.SMTP_VERDICTS.name(),
                consumed.withTimestampExtractor((record, partition) ->
                        ((SmtpVerdict) record.value()).getEvent().getCountedAt().toEpochMilli()));
        for (int level = 0; level < LEVELS; level++) {
            count(all, level, serde);
        }
        return builder.build();
    }

    private SmtpVerdict verdict(SmtpEvent event) {
        LookedUp found = load.lookup()
                .lookUp(event, Address.parse(event.getClient()).orElseThrow())
                .join();
        verdicts.increment();
        return new SmtpVerdict(
                event,
                found.fcrdns(),
                null,
                Outcome.NEUTRAL,
                "",
                found.spf(),
                found.dkim().orElse(null),
                found.authentication().orElse(null),
                found.domains(),
                found.domainsPassedOver(),
                found.clientBlocklists(),
                null);
    }

    private static void count(KStream<String, SmtpVerdict> all, int level, Serde<SmtpVerdict> serde) {
        all.filter((key, verdict) -> levels(verdict).size() > level)
                .groupBy(
                        (key, verdict) -> levels(verdict).get(level).toString(),
                        Grouped.with("by-level-" + level, Serdes.String(), serde))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, WINDOW))
                .count()
                .toStream(
                        (window, count) -> window.key() + " " + window.window().startTime())
                .to(COUNTS, Produced.with(Serdes.String(), Serdes.Long()));
    }

    private static List<Prefix> levels(SmtpVerdict verdict) {
        return Prefix.levels(Address.parse(verdict.getEvent().getClient()).orElseThrow());
    }
}
