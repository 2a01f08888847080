package org.slash64.deploy.report;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.topology.count.Sums;

/** Tables of what the topics hold at this moment. */
public final class TopicReport {

    private static final int BUSIEST = 5;
    private static final int BUSIEST_DOMAINS = 10;
    private static final int BUSIEST_SENDERS = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final TopicReader reader;
    private final RegistryClient registry;
    private final PrintWriter out;

    public TopicReport(Endpoints endpoints, RegistryClient registry, PrintWriter out) {
        this.reader = new TopicReader(endpoints);
        this.registry = registry;
        this.out = out;
    }

    /** Prints verdict totals, busiest prefixes, limits, reputations, what came of 421, and listings. Gives the number of listings. */
    public int print() {
        verdicts();
        busiest();
        limits();
        reputation();
        fallback();
        return listings();
    }

    private <V extends SpecificRecord> Map<String, V> latest(Topic<V> topic) {
        Map<String, V> latest = new TreeMap<>();
        reader.read(topic.name(), AvroSerde.forTopic(topic, registry).deserializer(), record -> {
            if (record.value() == null) {
                latest.remove(record.key());
            } else {
                latest.put(record.key(), record.value());
            }
        });
        return latest;
    }

    private void verdicts() {
        Map<String, Map<String, Long>> kinds = new TreeMap<>();
        reader.read(
                Topics.SMTP_VERDICTS.name(),
                AvroSerde.forTopic(Topics.SMTP_VERDICTS, registry).deserializer(),
                record -> add(kinds, record.value()));
        table(
                "Reverse DNS of the client (FCrDNS)",
                kinds,
                new Column("pass", "fcrdns PASS"),
                new Column("fail", "fcrdns FAIL"),
                new Column("no PTR", "fcrdns PERMERROR"),
                new Column("temperror", "fcrdns TEMPERROR"),
                new Column("exempt", "fcrdns NONE"));
        table(
                "Authentication (FCrDNS, and SPF or DKIM), and what the event is evidence of",
                kinds,
                new Column("passed", "authentication PASSED"),
                new Column("failed", "authentication FAILED"),
                new Column("temperror", "authentication TEMPERROR"),
                new Column("not known", "authentication NOT_KNOWN"),
                new Column("good", "outcome GOOD"),
                new Column("bad", "outcome BAD"));
    }

    /** A column of counts, and what is counted in it. */
    private record Column(String head, String counted) {}

    /** One row per kind of event. */
    private void table(String title, Map<String, Map<String, Long>> kinds, Column... columns) {
        Table table = new Table(
                title,
                Stream.concat(Stream.of("events"), Stream.of(columns).map(Column::head))
                        .toArray(String[]::new));
        kinds.forEach((kind, counts) -> table.row(Stream.concat(
                        Stream.of(kind),
                        Stream.of(columns).map(column -> number(counts.getOrDefault(column.counted(), 0L))))
                .toArray()));
        table.print(out);
    }

    private static void add(Map<String, Map<String, Long>> kinds, SmtpVerdict verdict) {
        String kind = verdict.getEvent().getKind().name().toLowerCase(Locale.ROOT);
        Map<String, Long> counts = kinds.computeIfAbsent(kind, key -> new TreeMap<>());
        counts.merge("fcrdns " + verdict.getFcrdns().getResult(), 1L, Long::sum);
        counts.merge("outcome " + verdict.getOutcome(), 1L, Long::sum);
        if (verdict.getAuthentication() != null) {
            counts.merge("authentication " + verdict.getAuthentication().getOutcome(), 1L, Long::sum);
        }
    }

    private void busiest() {
        Map<Prefix, Counts> sums = new TreeMap<>();
        latest(Topics.PREFIX_COUNTS).values().stream()
                .filter(count -> count.getWindow().equals("P1D"))
                .forEach(count -> Prefix.parse(count.getPrefix())
                        .ifPresent(prefix -> sums.merge(prefix, count.getCounts(), TopicReport::sum)));
        for (int level : List.of(64, 56, 48, 32, 24)) {
            Table table = new Table(
                    "Busiest /" + level + (level > 32 ? " (IPv6)" : " (IPv4)"),
                    "prefix",
                    "connections",
                    "messages",
                    "rejections",
                    "good",
                    "bad");
            sums.entrySet().stream()
                    .filter(entry -> entry.getKey().length() == level)
                    .sorted(Comparator.comparingLong(entry -> -entry.getValue().getConnections()))
                    .limit(BUSIEST)
                    .forEach(entry -> table.row(
                            entry.getKey(),
                            number(entry.getValue().getConnections()),
                            number(entry.getValue().getMessages()),
                            number(entry.getValue().getRejections()),
                            number(entry.getValue().getGood()),
                            number(entry.getValue().getBad())));
            table.print(out);
        }
    }

    private static Counts sum(Counts one, Counts other) {
        return Sums.add(Counts.newBuilder(one).build(), other);
    }

    private void limits() {
        Table table = new Table(
                "Limits crossed (last time for each prefix or domain, and rule)",
                "subject",
                "rule",
                "maximum",
                "peak",
                "since",
                "until",
                "state");
        latest(Topics.PREFIX_LIMITS).values().stream()
                .sorted(Comparator.comparing(LimitDecision::getSince))
                .forEach(limit -> table.row(
                        limit.getSubject(),
                        limit.getRule(),
                        limit.getMaximum() + " in "
                                + limit.getPeriod().substring(2).toLowerCase(Locale.ROOT),
                        number(limit.getPeak()),
                        TIME.format(limit.getSince()),
                        TIME.format(limit.getUntil()),
                        state(limit)));
        table.print(out);
    }

    private static String state(LimitDecision limit) {
        String state = limit.getLimited() ? "limited" : "released";
        return limit.getProvisional() ? state + ", provisional" : state;
    }

    /** Nothing where no domain has one yet. */
    private void reputation() {
        Table table = new Table(
                "Reputation of domains (the busiest)",
                "domain",
                "standing",
                "score",
                "interval",
                "good",
                "bad",
                "networks",
                "last seen");
        List<DomainReputation> busiest = latest(Topics.DOMAIN_REPUTATION).values().stream()
                .sorted(Comparator.comparingLong(DomainReputation::getEvents)
                        .reversed()
                        .thenComparing(DomainReputation::getDomain))
                .limit(BUSIEST_DOMAINS)
                .toList();
        busiest.forEach(domain -> table.row(
                domain.getDomain(),
                domain.getStanding().name().toLowerCase(Locale.ROOT),
                share(domain.getScore()),
                share(domain.getLower()) + " to " + share(domain.getUpper()),
                weight(domain.getGood()),
                weight(domain.getBad()),
                number(domain.getNetworks()),
                TIME.format(domain.getLastSeen())));
        if (!busiest.isEmpty()) {
            table.print(out);
        }
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }

    /** Evidence fades, so its weight is seldom a whole number. */
    private static String weight(double weight) {
        return String.format(Locale.ROOT, "%,.1f", weight);
    }

    /** Nothing where nobody was ever told. */
    private void fallback() {
        List<FallbackSender> senders =
                List.copyOf(latest(Topics.FALLBACK_SENDERS).values());
        if (senders.isEmpty()) {
            return;
        }
        long returned = senders.stream().mapToLong(FallbackSender::getReturned).sum();
        long stayed = senders.stream().mapToLong(FallbackSender::getStayed).sum();
        Table table = new Table(
                "Told to come over IPv4 (421): " + number(returned) + " mails did, " + number(stayed)
                        + " kept to IPv6 (the busiest senders)",
                "sender",
                "421",
                "mails",
                "over IPv4",
                "kept to IPv6",
                "gone",
                "quickest",
                "median",
                "exempt until");
        senders.stream()
                .sorted(Comparator.comparingLong(FallbackSender::getTold)
                        .reversed()
                        .thenComparing(FallbackSender::getNetwork))
                .limit(BUSIEST_SENDERS)
                .forEach(sender -> table.row(
                        sender.getNetwork(),
                        number(sender.getTold()),
                        number(sender.getDeferred()),
                        number(sender.getReturned()),
                        number(sender.getStayed()),
                        number(sender.getGone()),
                        span(sender.getQuickestReturn()),
                        span(sender.getMedianReturn()),
                        sender.getExemptUntil() == null ? "" : TIME.format(sender.getExemptUntil())));
        table.print(out);
    }

    private static String span(Long millis) {
        return millis == null ? "" : Spans.text(Duration.ofMillis(millis));
    }

    private int listings() {
        Map<String, Listing> listings = latest(Topics.BLOCKLIST);
        Table table = new Table("Listed now (event time)", "subject", "strikes", "until", "why");
        listings.values().stream()
                .sorted(Comparator.comparing(listing -> order(listing.getSubject()), Arrays::compareUnsigned))
                .forEach(listing -> table.row(
                        listing.getSubject(),
                        listing.getStrikes(),
                        TIME.format(listing.getExpires()),
                        listing.getReason()));
        table.print(out);
        history();
        return listings.size();
    }

    /** Prefixes in their order, then domains. */
    private static byte[] order(String subject) {
        return Subject.parse(subject).map(Subject::key).orElseGet(() -> subject.getBytes(StandardCharsets.UTF_8));
    }

    private void history() {
        List<ListingChange> changes = new ArrayList<>();
        reader.read(
                Topics.BLOCKLIST_HISTORY.name(),
                AvroSerde.forTopic(Topics.BLOCKLIST_HISTORY, registry).deserializer(),
                record -> changes.add(record.value()));
        Table table = new Table("Listed and delisted so far", "at", "change", "subject", "strikes", "why");
        changes.stream()
                .filter(change -> change.getChange() != Change.EXTENDED)
                .sorted(Comparator.comparing(ListingChange::getAt))
                .forEach(change -> table.row(
                        TIME.format(change.getAt()),
                        change.getChange().name().toLowerCase(Locale.ROOT),
                        change.getSubject(),
                        change.getStrikes(),
                        change.getWhy()));
        table.print(out);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
