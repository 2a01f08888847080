package org.slash64.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.answer.Action;
import org.slash64.connectors.answer.Ground;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.fallback.BreakerSettings;
import org.slash64.connectors.fallback.FallbackSettings;
import org.slash64.connectors.milter.MilterSettings;
import org.slash64.connectors.policy.PolicyLimits;
import org.slash64.connectors.publish.ChangeBound;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.connectors.socket.ServerLimits;
import org.slash64.deploy.config.yaml.YamlException;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PolicyService;
import org.slash64.deploy.pipeline.PublishSettings;
import org.slash64.deploy.pipeline.PublishedFormat;
import org.slash64.deploy.pipeline.StateMemory;
import org.slash64.enrichers.domain.BlocklistPreset;
import org.slash64.enrichers.domain.DnsBlocklist;
import org.slash64.enrichers.domain.DnsBlocklist.Subject;
import org.slash64.enrichers.domain.ListingKind;
import org.slash64.enrichers.domain.Meaning;
import org.slash64.enrichers.domain.ReturnCodes;
import org.slash64.schemas.Address;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Exemptions;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.Prefix;
import org.slash64.topology.TopologySettings;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.RedactionSettings;
import org.slash64.topology.enrich.EnrichSettings;
import org.slash64.topology.fallback.FallbackRules;
import org.slash64.topology.feedback.FeedbackSettings;
import org.slash64.topology.limit.LimitRule;
import org.slash64.topology.listing.ListingPolicy;
import org.slash64.topology.reputation.FeedbackWeights;
import org.slash64.topology.reputation.ReputationPolicy;
import org.xbill.DNS.Name;

class ConfigurationTest {

    private static Configuration everything() throws Exception {
        return Configuration.read(Path.of(
                ConfigurationTest.class.getResource("/config/everything.yaml").toURI()));
    }

    private static DnsBlocklist list(String name, String zone, Subject subject, ReturnCodes codes) throws Exception {
        return new DnsBlocklist(name, Name.fromString(zone), subject, codes);
    }

    @Test
    void defaults_areThoseOfTheRecords() {
        assertThat(Configuration.defaults())
                .isEqualTo(new Configuration(
                        Path.of("data"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        false,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        0,
                        0,
                        Optional.empty(),
                        StateMemory.defaults(),
                        Optional.empty(),
                        PublishSettings.defaults(),
                        Policy.defaults(),
                        FallbackSettings.defaults(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(HttpSettings.defaults()),
                        TopologySettings.defaults()));
    }

    @Test
    void read_everyFieldOfTheSite_isTaken() throws Exception {
        Configuration read = everything();
        assertThat(read.data()).isEqualTo(Path.of("/srv/slash64"));
        assertThat(read.zones()).contains(Path.of("/srv/zones"));
        assertThat(read.allowlist()).contains(Path.of("/srv/allow.txt"));
        assertThat(read.logs()).containsExactly(Path.of("/var/log/mail.log"), Path.of("mail.2.log"));
        assertThat(read.follow()).isTrue();
        assertThat(read.logHost()).contains("mx1");
        assertThat(read.link()).contains(new LinkTemplate("https://example.org/why?s={subject}"));
        assertThat(read.publish())
                .isEqualTo(new PublishSettings(
                        List.of(PublishedFormat.JSON, PublishedFormat.POSTFIX_CIDR), new ChangeBound(200, 20, 50)));
        assertThat(read.memory()).isEqualTo(new StateMemory(16_000, 1_024));
        assertThat(read.dns())
                .containsExactly(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 53}), 53),
                        new InetSocketAddress(
                                InetAddress.getByAddress(
                                        new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x53}),
                                5353));
        assertThat(read.standbyReplicas()).contains(2);
        assertThat(read.endpoints())
                .contains(new Endpoints(
                        "kafka1.example.org:9093,[2001:db8::9]:9093",
                        "https://registry.example.org/apis/ccompat/v7",
                        Map.of(
                                "security.protocol",
                                "SASL_SSL",
                                "sasl.mechanism",
                                "SCRAM-SHA-512",
                                "request.timeout.ms",
                                "20000"),
                        Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "u:p")));
    }

    @Test
    void read_answersAndTheirServer_areTaken() throws Exception {
        assertThat(everything().answers())
                .isEqualTo(new Policy(
                        Map.of(
                                Ground.LISTED_CLIENT, Action.QUARANTINE,
                                Ground.LISTED_DOMAIN, Action.MARK,
                                Ground.LIMIT_REJECT, Action.DEFER,
                                Ground.LIMIT_DEFER, Action.MARK,
                                Ground.LIMIT_MARK, Action.ACCEPT,
                                Ground.NO_PTR, Action.TRY_IPV4,
                                Ground.FCRDNS_FAIL, Action.DEFER,
                                Ground.UNAUTHENTICATED, Action.REJECT),
                        Action.MARK,
                        false,
                        Exemptions.defaults(),
                        Duration.ofMinutes(7),
                        Optional.empty()));
        assertThat(everything().policy())
                .contains(new PolicyService(
                        ListenAddress.parse("unix:/run/slash64/policy").orElseThrow(),
                        Mode.ENFORCE,
                        Duration.ofMillis(30),
                        new PolicyLimits(3, 500, Duration.ofMinutes(20), Duration.ofSeconds(4))));
    }

    @Test
    void read_fallback_isTaken_andFollowedWhere421IsSaid() throws Exception {
        assertThat(everything().fallback())
                .isEqualTo(new FallbackSettings(
                        5,
                        Duration.ofHours(12),
                        30,
                        new BreakerSettings(0.25, 40, Duration.ofMinutes(30), 7, Duration.ofMinutes(20))));
        assertThat(everything().topology().fallback())
                .contains(new FallbackRules(
                        Duration.ofHours(4), 6, Duration.ofHours(2), Duration.ofDays(7), Duration.ofDays(21)));
        assertThat(Configuration.defaults().topology().fallback()).isEmpty();
    }

    @Test
    void everything_milter_isRead() throws Exception {
        assertThat(everything().milter())
                .contains(new MilterSettings(
                        ListenAddress.parse("[::1]:8891").orElseThrow(),
                        Mode.DRY_RUN,
                        Optional.of("mx.example.net"),
                        Optional.of("mx1"),
                        Duration.ofSeconds(3),
                        new ServerLimits(300, Duration.ofMinutes(25))));
    }

    @Test
    void everything_http_isRead() throws Exception {
        assertThat(everything().http())
                .contains(new HttpSettings(
                        new ListenAddress.Tcp(Address.parse("::1").orElseThrow(), 8443),
                        Optional.of("mx1.example.net:8443"),
                        List.of("slash64.example.net"),
                        Optional.of("0123456789abcdef"),
                        Optional.of(new HttpSettings.Tls(
                                Path.of("src/test/resources/config/redaction.key"), "open sesame")),
                        9,
                        3));
    }

    @Test
    void http_off_isNoServer() throws Exception {
        assertThat(Configuration.parse("f", "http: {listen: off}").http()).isEmpty();
    }

    @Test
    void http_secrets_areInNoText() throws Exception {
        assertThat(everything().http().orElseThrow().toString())
                .doesNotContain("0123456789abcdef")
                .doesNotContain("open sesame");
    }

    @Test
    void read_blocklists_presetsAndOwn() throws Exception {
        assertThat(everything().blocklists())
                .containsExactly(
                        BlocklistPreset.SPAMHAUS_ZEN.at(Name.fromString("key.zen.dq.example.net.")),
                        BlocklistPreset.SURBL.list(),
                        list("plain", "bl.example.org.", Subject.ADDRESS, any(ListingKind.BAD)),
                        list("policy", "policy.example.org.", Subject.ORGANISATIONAL_DOMAIN, any(ListingKind.POLICY)),
                        list(
                                "coded",
                                "codes.example.org.",
                                Subject.NAME,
                                new ReturnCodes.Exact(Map.of(
                                        "127.0.0.2", new Meaning(ListingKind.BAD, "spam source"),
                                        "127.0.0.3", new Meaning(ListingKind.ABUSED, "listed")))),
                        list(
                                "masked",
                                "bits.example.org.",
                                Subject.ADDRESS,
                                new ReturnCodes.BitMask(Map.of(
                                        2, new Meaning(ListingKind.BAD, "spam"),
                                        128, new Meaning(ListingKind.POLICY, "listed")))));
    }

    private static ReturnCodes any(ListingKind kind) {
        return new ReturnCodes.Any(new Meaning(kind, "listed"));
    }

    @Test
    void read_everyFieldOfTheSteps_isTaken() throws Exception {
        TopologySettings topology = everything().topology();
        assertThat(topology.zone()).isEqualTo(ZoneId.of("Asia/Kathmandu"));
        assertThat(topology.correlation())
                .isEqualTo(new CorrelatorSettings(
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(7),
                        Duration.ofHours(2),
                        Duration.ofSeconds(90),
                        Duration.ofDays(14),
                        new CorrelatorSettings.Bounds(8, 9, 1, 2, 3, 4),
                        RedactionSettings.hash("0123456789abcdef".getBytes(StandardCharsets.US_ASCII))));
        assertThat(topology.enrichment())
                .isEqualTo(new EnrichSettings(
                        new Exemptions(List.of(
                                Prefix.parse("2001:db8::/32").orElseThrow(),
                                Prefix.parse("192.0.2.0/24").orElseThrow())),
                        500,
                        Duration.ofMillis(900),
                        Duration.ofSeconds(90)));
        assertThat(topology.windows()).containsExactly(Duration.ofSeconds(10), Duration.ofHours(2));
        assertThat(topology.partitions()).isEqualTo(12);
        assertThat(topology.feedback()).isEqualTo(new FeedbackSettings(Duration.ofDays(3), Duration.ofMinutes(2)));
        assertThat(topology.rules().limits())
                .containsExactly(
                        new LimitRule(
                                "a.b-1",
                                List.of(Level.IPV6_56, Level.DOMAIN),
                                Set.of(new Domain("example.org")),
                                LimitRule.Metric.MESSAGES,
                                Duration.ofSeconds(90),
                                5_000,
                                7,
                                LimitAction.LIST),
                        new LimitRule(
                                "few",
                                List.of(Level.IPV6_64, Level.IPV4_32),
                                Set.of(),
                                LimitRule.Metric.REJECTIONS,
                                Duration.ofDays(1),
                                1,
                                0,
                                LimitAction.DEFER));
        FeedbackWeights weights = new FeedbackWeights(20, 4, 0, 2);
        assertThat(topology.rules().reputation())
                .isEqualTo(new ReputationPolicy(Duration.ofDays(7), 0.9, 0.1, Duration.ofDays(1_000), weights));
        assertThat(topology.rules().listing())
                .isEqualTo(new ListingPolicy(
                        Duration.ofHours(12),
                        5,
                        0,
                        0.25,
                        Duration.ofHours(6),
                        Duration.ofDays(90),
                        Duration.ofDays(400),
                        3,
                        0.75,
                        9,
                        0.3,
                        weights,
                        true));
    }

    @Test
    void parse_emptyLists_takeThePlaceOfDefaults() throws YamlException {
        Configuration read = Configuration.parse("f", "limits: []\nenrichment: {own-networks: []}");
        assertThat(read.topology().rules().limits()).isEmpty();
        assertThat(read.topology().enrichment().exemptions().ownNetworks()).isEmpty();
    }

    @Test
    void parse_embeddedPorts_areTaken() throws YamlException {
        Configuration read =
                Configuration.parse("f", "kafka: {embedded-port: 19092}\nschema-registry: {embedded-port: 18081}");
        assertThat(read.kafkaPort()).isEqualTo(19092);
        assertThat(read.registryPort()).isEqualTo(18081);
        assertThat(read.endpoints()).isEmpty();
    }
}
