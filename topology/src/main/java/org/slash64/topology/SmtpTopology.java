package org.slash64.topology;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.EnrichmentWaits;
import org.slash64.topology.allowlist.SpreadAllowlist;
import org.slash64.topology.correlate.CorrelateLines;
import org.slash64.topology.correlate.Reading;
import org.slash64.topology.count.CombineCounts;
import org.slash64.topology.count.CountPrefixes;
import org.slash64.topology.count.NetworkPartitioner;
import org.slash64.topology.count.Step;
import org.slash64.topology.enrich.EnrichEvents;
import org.slash64.topology.enrich.EventLookup;
import org.slash64.topology.fallback.FallbackRules;
import org.slash64.topology.fallback.FollowMails;
import org.slash64.topology.fallback.LearnSenders;
import org.slash64.topology.fallback.SightMails;
import org.slash64.topology.feedback.JoinFeedback;
import org.slash64.topology.feedback.RouteFeedback;
import org.slash64.topology.limit.ApplyLimits;
import org.slash64.topology.listing.DecideListings;
import org.slash64.topology.parse.KeyByHost;
import org.slash64.topology.reputation.RateDomains;

/** The whole graph. Each step is a package of this module; {@link #build()} is how they hang together. */
public final class SmtpTopology {

    private final TopologySettings settings;
    private final LogParsers parsers;
    private final SchemaIds ids;
    private final EventLookup lookup;
    private final PipelineStatistics statistics;
    private final Stores stores;
    private final int verdictPartitions;
    private final StreamsBuilder builder = new StreamsBuilder();

    /** @param verdictPartitions how many partitions smtp.verdicts has */
    public SmtpTopology(
            TopologySettings settings,
            LogParsers parsers,
            SchemaIds ids,
            EventLookup lookup,
            PipelineStatistics statistics,
            int verdictPartitions) {
        this.settings = settings;
        this.parsers = parsers;
        this.ids = ids;
        this.lookup = lookup;
        this.statistics = statistics;
        this.verdictPartitions = verdictPartitions;
        this.stores = new Stores(ids, settings.heldRecords());
    }

    /** Records of stores and of topics between the steps, whose schemas are to be registered. */
    public static List<Class<? extends SpecificRecord>> internalRecords() {
        return Stores.RECORDS;
    }

    /** The graph from log lines to listings. */
    public Topology build() {
        Reading reading = new Reading(settings.zone(), parsers);

        var keyed = step(bytes(Topics.SMTP_LOG), "key-by-host", () -> new KeyByHost(reading, statistics.lines()));
        var lines = only(keyed, byte[].class, "lines").repartition(by("lines-by-host", Serdes.ByteArray()));

        var correlated = step(lines, "correlate", () -> correlate(reading), stores.ofCorrelation());
        to(Topics.SMTP_EVENTS, only(correlated, SmtpEvent.class, "events"));
        toDeadLetter(
                "lines", only(keyed, DeadLetter.class, "no-host"), only(correlated, DeadLetter.class, "unreadable"));

        var events = from(Topics.SMTP_EVENTS);
        var enriched = step(events, "enrich", this::enrich, stores.ofEnrichment());
        to(Topics.SMTP_VERDICTS, only(enriched, SmtpVerdict.class, "enriched"));
        var waits = only(enriched, EnrichmentWaits.class, "waits")
                .repartition(toVerdicts("enrichment-waits", EnrichmentWaits.class));

        var verdicts = from(Topics.SMTP_VERDICTS);
        var flowing = any(verdicts, "verdicts").merge(any(waits, "any-waits"), Named.as("flowing"));
        var combined = step(flowing, "combine", this::combine, stores.ofCombining());

        var feedback = step(from(Topics.SMTP_FEEDBACK), "route-feedback", this::routeFeedback);
        var onEvents = only(feedback, Feedback.class, "on-events")
                .repartition(toVerdicts("feedback-on-events", Feedback.class));
        var heard = any(verdicts, "any-verdict").merge(any(onEvents, "any-feedback"), Named.as("heard"));
        var joined = step(heard, "join-feedback", this::joinFeedback, stores.ofFeedback());

        var allowed = step(changes(Topics.ALLOWLIST), "spread-allowlist", this::spreadAllowlist);
        toDeadLetter(
                "subjects",
                only(feedback, DeadLetter.class, "about-nobody"),
                only(allowed, DeadLetter.class, "nobody"));

        var sighted = step(verdicts, "sight-mails", this::sightMails);
        var contributions = combined.merge(joined, Named.as("and-joined"))
                .merge(sighted, Named.as("and-sighted"))
                .merge(only(feedback, Contribution.class, "on-subjects"), Named.as("and-feedback"))
                .merge(only(allowed, Contribution.class, "allowances"), Named.as("and-allowances"))
                .repartition(by("contributions", stores.avro(Contribution.class))
                        .withStreamPartitioner(NetworkPartitioner.byKey()));

        var counted = step(contributions, "count", () -> new CountPrefixes(settings.windows()), stores.ofCounting());
        to(
                Topics.PREFIX_COUNTS,
                only(counted, PrefixCount.class, "counts")
                        .peek((key, count) -> statistics.decisions().count(count), Named.as("windows-counted")));

        var limited = step(only(counted, Step.class, "counted"), "limit", this::limit, stores.ofLimits());
        to(
                Topics.PREFIX_LIMITS,
                only(limited, LimitDecision.class, "limits")
                        .peek((key, limit) -> statistics.decisions().count(limit), Named.as("limits-counted")));

        var rated = step(only(limited, Step.class, "limited"), "rate", this::rate, stores.ofReputation());
        to(
                Topics.DOMAIN_REPUTATION,
                only(rated, RateDomains.Entry.class, "ratings")
                        .mapValues(RateDomains.Entry::reputation, Named.as("reputation")));

        var listed = step(only(rated, Step.class, "rated"), "list", this::list, stores.ofListings());
        to(
                Topics.BLOCKLIST_HISTORY,
                only(listed, ListingChange.class, "history")
                        .peek((key, change) -> statistics.decisions().count(change), Named.as("changes-counted")));
        to(
                Topics.BLOCKLIST,
                only(listed, DecideListings.Entry.class, "listings")
                        .mapValues(DecideListings.Entry::listing, Named.as("entries")));

        var finished = any(only(counted, Step.FinishedUpTo.class, "finished"), "any-finished");
        var mails = any(contributions, "any-contribution").merge(finished, Named.as("mails"));
        var settled = step(mails, "follow-mails", this::followMails, stores.ofMails())
                .repartition(by("mail-outcomes", stores.avro(Contribution.class))
                        .withStreamPartitioner(NetworkPartitioner.byKey()));
        var learnt = step(settled, "learn-senders", this::learnSenders, stores.ofSenders());
        to(
                Topics.FALLBACK_SENDERS,
                only(learnt, LearnSenders.Entry.class, "senders")
                        .mapValues(LearnSenders.Entry::sender, Named.as("fallback")));
        return builder.build();
    }

    private Processor<String, byte[], String, Object> correlate(Reading reading) {
        return new CorrelateLines(reading, settings.correlation(), statistics.lines());
    }

    private Processor<String, SmtpEvent, String, Object> enrich() {
        return new EnrichEvents(lookup, settings.enrichment(), statistics);
    }

    private Processor<String, Object, String, Contribution> combine() {
        return new CombineCounts(settings.correlation().lateness());
    }

    private Processor<String, Feedback, String, Object> routeFeedback() {
        return new RouteFeedback(AvroSerde.forTopic(Topics.SMTP_FEEDBACK, ids).serializer());
    }

    private Processor<String, Object, String, Contribution> joinFeedback() {
        return new JoinFeedback(settings.feedback());
    }

    private Processor<String, AllowEntry, String, Object> spreadAllowlist() {
        return new SpreadAllowlist(AvroSerde.forTopic(Topics.ALLOWLIST, ids).serializer());
    }

    private Processor<String, Step, String, Object> limit() {
        return new ApplyLimits(settings.rules().limits());
    }

    private Processor<String, Step, String, Object> rate() {
        return new RateDomains(settings.rules().reputation());
    }

    private Processor<String, Step, String, Object> list() {
        return new DecideListings(settings.rules().listing(), settings.rules().allowlist());
    }

    private Processor<String, SmtpVerdict, String, Contribution> sightMails() {
        return new SightMails(settings.fallback().isPresent());
    }

    private Processor<String, Object, String, Contribution> followMails() {
        return new FollowMails(settings.fallback().orElseGet(FallbackRules::defaults));
    }

    private Processor<String, Contribution, String, Object> learnSenders() {
        return new LearnSenders(settings.fallback().orElseGet(FallbackRules::defaults));
    }

    private static <K, V, L, W> KStream<L, W> step(
            KStream<K, V> input, String name, ProcessorSupplier<K, V, L, W> supplier, StoreBuilder<?>... stores) {
        return input.process(new StepSupplier<>(supplier, stores), Named.as(name));
    }

    private static <K, V> KStream<K, V> only(KStream<K, Object> stream, Class<V> type, String name) {
        return stream.flatMapValues(
                value -> type.isInstance(value) ? List.of(type.cast(value)) : List.of(), Named.as(name));
    }

    private static <V> KStream<String, Object> any(KStream<String, V> stream, String name) {
        return stream.mapValues(value -> (Object) value, Named.as(name));
    }

    /** To every task of verdicts. */
    private <V extends SpecificRecord> Repartitioned<String, V> toVerdicts(String name, Class<V> record) {
        return by(name, stores.avro(record))
                .withNumberOfPartitions(verdictPartitions)
                .withStreamPartitioner(NetworkPartitioner.byKey());
    }

    private <V> Repartitioned<String, V> by(String name, Serde<V> value) {
        return Repartitioned.<String, V>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(value)
                .withNumberOfPartitions(settings.partitions());
    }

    private KStream<byte[], byte[]> bytes(Topic<byte[]> topic) {
        return builder.stream(
                topic.name(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("from-" + topic.name()));
    }

    /** A tombstone says nothing in a topic of events. */
    private <V extends SpecificRecord> KStream<String, V> from(Topic<V> topic) {
        return changes(topic).filter((key, value) -> value != null, Named.as("values-of-" + topic.name()));
    }

    private <V extends SpecificRecord> KStream<String, V> changes(Topic<V> topic) {
        return builder.stream(
                topic.name(),
                Consumed.with(Serdes.String(), AvroSerde.forTopic(topic, ids)).withName("from-" + topic.name()));
    }

    /** Topics of prefixes are partitioned by network, the others by key. */
    private <V extends SpecificRecord> void to(Topic<V> topic, KStream<String, V> stream) {
        Produced<String, V> produced = Produced.with(Serdes.String(), AvroSerde.forTopic(topic, ids));
        stream.to(
                topic.name(),
                (topic.byNetwork() ? produced.withStreamPartitioner(NetworkPartitioner.byKey()) : produced)
                        .withName("to-" + topic.name()));
    }

    private void toDeadLetter(String name, KStream<String, DeadLetter> some, KStream<String, DeadLetter> more) {
        some.merge(more, Named.as("dead-letters-of-" + name))
                .peek((key, letter) -> statistics.deadLetters().count(letter), Named.as("set-aside-" + name))
                .mapValues(DeadLetter::value, Named.as("dead-letter-bytes-of-" + name))
                .to(
                        Topics.SMTP_DEAD_LETTER.name(),
                        Produced.with(Serdes.String(), Serdes.ByteArray())
                                .withName("to-" + Topics.SMTP_DEAD_LETTER.name() + "-of-" + name));
    }
}
