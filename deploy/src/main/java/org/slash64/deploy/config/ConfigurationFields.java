package org.slash64.deploy.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.milter.MilterSettings;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PolicyService;
import org.slash64.deploy.pipeline.PublishSettings;
import org.slash64.deploy.pipeline.StateMemory;
import org.slash64.enrichers.domain.DnsBlocklist;
import org.slash64.enrichers.domain.DnsBlocklists;
import org.slash64.topology.TopologySettings;

/** The file as a whole. */
final class ConfigurationFields {

    /** Each file that is followed is looked at several times a second. */
    private static final int MOST_LOGS = 64;

    private static final int MOST_SERVERS = 8;

    private static final int MAX_HOST = 255; // RFC 1035 section 2.3.4

    /** A terabyte. */
    private static final int MOST_RECORDS = 100_000_000;

    private static final int MOST_MIB = 1 << 20;

    private record Logs(List<Path> files, boolean follow, Optional<String> host, Optional<ZoneId> zone) {}

    private record Kafka(ServiceFields broker, Optional<Integer> standbyReplicas) {}

    private record Dns(List<InetSocketAddress> servers, List<DnsBlocklist> blocklists) {}

    /** Each takes as much disk and network again as the state itself. */
    private static final int MOST_STANDBYS = 8;

    private ConfigurationFields() {}

    static Configuration read(Section file) {
        Path data = file.value("data", Path.of("data"), SiteTypes.path(), "Folder for everything that is kept.");
        Optional<Path> zones =
                file.optional("zones", "zones in the data folder", SiteTypes.path(), "Folder for the published files.");
        Optional<Path> allowlist = file.optional(
                "allowlist",
                "none",
                SiteTypes.path(),
                "File with what is never listed nor published: one prefix, address or domain a line, and comments after"
                        + " a `#`.");
        Logs logs = file.section(
                "logs",
                new Logs(List.of(), false, Optional.empty(), Optional.empty()),
                ConfigurationFields::logs,
                "Log files to read.");
        Dns dns =
                file.section("dns", new Dns(List.of(), List.of()), ConfigurationFields::dns, "Where DNS questions go.");
        Kafka kafka = file.section(
                "kafka",
                new Kafka(ServiceFields.EMBEDDED, Optional.empty()),
                ConfigurationFields::kafka,
                "The broker: one of your own, or the embedded one.");
        ServiceFields registry = file.section(
                "schema-registry",
                ServiceFields.EMBEDDED,
                ServiceFields::registry,
                "The schema registry: one of your own, or the embedded one.");
        checkTogether(file, kafka.broker(), registry);
        StateMemory memory = file.section(
                "memory",
                StateMemory.defaults(),
                ConfigurationFields::memory,
                "What the state stores of this process may take, all together; the rest of the state is on disk.");
        Optional<LinkTemplate> link = file.optional(
                "link",
                "none",
                SiteTypes.link(),
                "Page that tells the refused why they are, such as `https://example.org/why?s={subject}`; it goes into"
                        + " replies and zones.");
        PublishSettings publish = file.section(
                "publish",
                PublishSettings.defaults(),
                PublishFields::read,
                "How the list is published (docs/publish/README.md).");
        Policy answers = file.section(
                "answers", Policy.defaults(), AnswerFields::read, "What mail servers are told to do (docs/policy.md).");
        FallbackFields fallback = file.section(
                "fallback",
                FallbackFields.DEFAULTS,
                FallbackFields::read,
                "Where `answers` has 421: when it is not said, so that nobody loses mail by it (docs/fallback.md).");
        Optional<PolicyService> policy = file.section(
                "policy",
                Optional.empty(),
                PolicyFields::read,
                "The server that Postfix asks by its policy protocol (docs/policy.md).");
        Optional<MilterSettings> milter = file.section(
                "milter",
                Optional.empty(),
                MilterFields::read,
                "The mail filter of Postfix and Sendmail (docs/milter.md).");
        Optional<HttpSettings> http = file.section(
                "http", Optional.empty(), HttpFields::read, "The HTTP server: API, dashboard, health (docs/http.md).");
        TopologySettings steps = TopologyFields.read(file, logs.zone());
        TopologySettings topology = answers.says421() ? steps.withFallback(fallback.following()) : steps;
        return new Configuration(
                data,
                zones,
                allowlist,
                logs.files(),
                logs.follow(),
                logs.host(),
                dns.servers(),
                dns.blocklists(),
                endpoints(kafka.broker(), registry),
                kafka.broker().port(),
                registry.port(),
                kafka.standbyReplicas(),
                memory,
                link,
                publish,
                answers.withInsteadOf421(fallback.instead()),
                fallback.saying(),
                policy,
                milter,
                http,
                topology);
    }

    private static Kafka kafka(Section kafka) {
        return new Kafka(
                ServiceFields.kafka(kafka),
                kafka.optional(
                        "standby-replicas",
                        "1 with your own Kafka, 0 with the embedded broker",
                        Numbers.count(0, MOST_STANDBYS),
                        "How many other instances keep a copy of each state store, so that one of them goes on at once where an"
                                + " instance is lost."));
    }

    private static StateMemory memory(Section memory) {
        StateMemory defaults = StateMemory.defaults();
        return new StateMemory(
                memory.value(
                        "records",
                        defaults.records(),
                        Numbers.count(1, MOST_RECORDS),
                        "How many records of the steps are held in the heap; a large one counts as several, by each half KiB of"
                                + " what is written of it."),
                memory.value(
                        "rocksdb-mib",
                        defaults.rocksDbMib(),
                        Numbers.count(16, MOST_MIB),
                        "MiB for RocksDB, outside the heap."));
    }

    private static Logs logs(Section logs) {
        List<Path> files = logs.value(
                "files",
                List.of(),
                ListOf.distinct(SiteTypes.path(), 0, MOST_LOGS),
                "Files to read, plain or gzip, and patterns of them such as `/var/log/mail.log*`; `-` is standard input. They"
                        + " are read the oldest first, by the time of their first line. How far they were read is"
                        + " kept, also when they are renamed or packed; not of standard input.");
        boolean follow = logs.value(
                "follow",
                false,
                Types.flag(),
                "Go on reading as the files grow, are rotated or truncated, and when new files match a pattern.");
        if (follow && files.isEmpty() && logs.has("files")) {
            logs.mistake("follow", "there is nothing to follow; name files, or leave it out");
        }
        return new Logs(
                files,
                follow,
                logs.optional(
                        "host",
                        "this machine's",
                        Types.name(MAX_HOST),
                        "Name of the host that wrote those lines that name none."),
                logs.optional(
                        "time-zone",
                        "this system's",
                        SiteTypes.timeZone(),
                        "Zone of stamps that name none, such as `Europe/Berlin`."));
    }

    private static Dns dns(Section dns) {
        return new Dns(
                dns.optional(
                                "servers",
                                "this system's",
                                ListOf.distinct(SiteTypes.dnsServer(), 1, MOST_SERVERS),
                                "Resolvers to ask, in this order.")
                        .orElse(List.of()),
                dns.value(
                        "blocklists",
                        List.of(),
                        new ListOf<>(BlocklistFields.ITEM, DnsBlocklist::name, 0, DnsBlocklists.MAX_LISTS),
                        "DNS blocklists to ask about clients and names."));
    }

    private static void checkTogether(Section file, ServiceFields kafka, ServiceFields registry) {
        if (kafka.address().isPresent() && registry.address().isEmpty()) {
            file.mistake("kafka", "has bootstrap-servers, which go with a registry; write schema-registry.url as well");
        }
        if (registry.address().isPresent() && kafka.address().isEmpty()) {
            file.mistake("schema-registry", "has a url, which goes with Kafka; write kafka.bootstrap-servers as well");
        }
    }

    private static Optional<Endpoints> endpoints(ServiceFields kafka, ServiceFields registry) {
        return kafka.address()
                .flatMap(servers -> registry.address()
                        .map(url -> new Endpoints(servers, url, kafka.properties(), registry.properties())));
    }
}
