package org.slash64.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.deploy.config.yaml.YamlException;

class ConfigurationMistakesTest {

    private static List<String> mistakes(String... lines) {
        YamlException e = catchThrowableOfType(
                YamlException.class, () -> Configuration.parse("s.yaml", String.join("\n", lines)));
        return e == null ? List.of() : e.mistakes();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data: ''                                        | s.yaml:1: data: "" is no path
            data: "a\\nb"                                    | s.yaml:1: data: "a?b" is no path
            allowlist: [192.0.2.1]                          | s.yaml:1: allowlist: is a list; expected: path
            logs: {files: [a, a]}                           | s.yaml:1: logs.files[1]: is there twice
            logs: {files: [], follow: true}                 | s.yaml:1: logs.follow: there is nothing to follow
            logs: {time-zone: Mars/Olympus}                 | s.yaml:1: logs.time-zone: "Mars/Olympus" is no time zone
            logs: {follow: yes}                             | s.yaml:1: logs.follow: "yes" is none of these; expected: true or false
            dns: {servers: [dns.example.org]}               | s.yaml:1: dns.servers[0]: "dns.example.org" is no DNS server
            dns: {servers: ['::1']}                         | s.yaml:1: dns.servers[0]: "::1" is no DNS server
            dns: {servers: []}                              | s.yaml:1: dns.servers: has 0 items
            correlation: {lateness: 60}                     | s.yaml:1: correlation.lateness: "60" is no duration
            correlation: {lateness: -1s}                    | s.yaml:1: correlation.lateness: "-1s" is no duration
            correlation: {lateness: 2d}                     | s.yaml:1: correlation.lateness: "2d" is too long
            correlation: {max-ids: 0}                       | s.yaml:1: correlation.max-ids: "0" is too small
            correlation: {max-ids: 99999999999}             | s.yaml:1: correlation.max-ids: "99999999999" is too large
            enrichment: {own-networks: [2001:db8::1/32]}    | s.yaml:1: enrichment.own-networks[0]: "2001:db8::1/32" has no length, a wrong one, or host bits
            enrichment: {own-networks: [example.org]}       | s.yaml:1: enrichment.own-networks[0]: "example.org" is no network
            enrichment: {own-networks: [10.0.0.0/8, 10.0.0.0/8]} | s.yaml:1: enrichment.own-networks[1]: is there twice
            enrichment: {longest-wait: 10s}                 | s.yaml:1: enrichment.longest-wait: "10s" is too long; expected: duration from 100ms to 1s
            memory: {rocksdb-mib: 1}                        | s.yaml:1: memory.rocksdb-mib: "1" is too small
            counting: {windows: [65s]}                      | s.yaml:1: counting.windows[0]: "65s" is no multiple of 10s
            counting: {windows: [1m, 60s]}                  | s.yaml:1: counting.windows[1]: is there twice
            counting: {windows: []}                         | s.yaml:1: counting.windows: has 0 items
            counting: {partitions: 0}                       | s.yaml:1: counting.partitions: "0" is too small
            limits: [{name: x}]                             | s.yaml:1: limits[0].levels: is missing
            listing: {bad-children-share: 50%}              | s.yaml:1: listing.bad-children-share: "50%" is no such share
            listing: {first-term: 2d, longest-term: 1d}     | s.yaml:1: listing.longest-term: is shorter than first-term
            reputation: {good-from: 0.3, bad-to: 0.3}       | s.yaml:1: reputation.bad-to: is not less than good-from
            reputation: {weights: {spamtrap: -1}}           | s.yaml:1: reputation.weights.spamtrap: "-1" is too small
            kafka: {bootstrap-servers: [kafka]}             | s.yaml:1: kafka.bootstrap-servers[0]: "kafka" is no host with a port
            kafka: {bootstrap-servers: ['a:1,b:2']}         | s.yaml:1: kafka.bootstrap-servers[0]: "a:1,b:2" is no host with a port
            kafka: {bootstrap-servers: ['a:65536']}         | s.yaml:1: kafka.bootstrap-servers[0]: "a:65536" is no host with a port
            kafka: {bootstrap-servers: ['a:1']}             | s.yaml:1: kafka: has bootstrap-servers, which go with a registry
            schema-registry: {url: 'http://r'}              | s.yaml:1: schema-registry: has a url, which goes with Kafka
            schema-registry: {url: r}                       | s.yaml:1: schema-registry.url: "r" is no such URL
            schema-registry: {url: 'http://u:p@r'}          | s.yaml:1: schema-registry.url: "http://u:p@r" is no such URL
            schema-registry: {url: 'http://a b'}            | s.yaml:1: schema-registry.url: "http://a b" is no such URL
            kafka: {properties: {security.protocol: SSL}}   | s.yaml:1: kafka.properties: are for one of your own alone; write bootstrap-servers as well
            kafka: {embedded-port: 70000}                   | s.yaml:1: kafka.embedded-port: "70000" is too large
            http: {token: short}                            | s.yaml:1: http.token: is too short; make one of at least 16 characters
            http: {listen: 'unix:/run/x'}                   | s.yaml:1: http.listen: "unix:/run/x" is no such address
            http: {token-file: /no/such}                    | s.yaml:1: http.token-file: cannot read /no/such
            http: {tls: {keystore: /no/such}}               | s.yaml:1: http.tls.keystore: needs the other of the two as well
            retention: 1d                                   | s.yaml:1: retention: there is no such field; the fields here are data, zones, allowlist, logs, dns, kafka, schema-registry, memory, link, publish, answers, fallback, policy, milter, http, correlation, redaction, enrichment, counting, feedback, limits, reputation, listing
            """)
    void parse_aMistake_isToldWithItsPlace(String text, String expected) {
        assertThat(mistakes(text)).isNotEmpty().first().asString().startsWith(expected);
    }

    @Test
    void parse_clientProperties_areCheckedByKafkaItselfAndKeepSecrets() {
        assertThat(mistakes(
                        "kafka:",
                        "  bootstrap-servers: [k:9092]",
                        "  properties:",
                        "    bootstrap.servers: other:1",
                        "    security.protocol: SASL_SLL",
                        "    sasl.mechansim: PLAIN",
                        "    request.timeout.ms: soon",
                        "    enable.auto.commit: true",
                        "schema-registry:",
                        "  url: http://r:8081",
                        "  properties:",
                        "    basic.auth.user.info: ''",
                        "    http.read.timeout.ms: 5"))
                .satisfiesExactly(
                        own -> assertThat(own)
                                .isEqualTo("s.yaml:4: kafka.properties.bootstrap.servers: is a field of its own; write"
                                        + " kafka.bootstrap-servers"),
                        protocol -> assertThat(protocol).startsWith("s.yaml:5: kafka.properties.security.protocol: "),
                        typo -> assertThat(typo).startsWith("s.yaml:6: kafka.properties.sasl.mechansim: is no setting"),
                        number -> assertThat(number).startsWith("s.yaml:7: kafka.properties.request.timeout.ms: "),
                        consumer -> assertThat(consumer)
                                .startsWith("s.yaml:8: kafka.properties.enable.auto.commit: is no setting that all"),
                        empty -> assertThat(empty)
                                .startsWith("s.yaml:12: schema-registry.properties.basic.auth.user.info: is empty"),
                        other -> assertThat(other)
                                .startsWith("s.yaml:13: schema-registry.properties.http.read.timeout.ms: is no"));
    }

    @Test
    void parse_embeddedPortBesideOwnServers_isAMistake() {
        assertThat(mistakes(
                        "kafka: {bootstrap-servers: ['k:1'], embedded-port: 9092}",
                        "schema-registry: {url: 'http://r', embedded-port: 8081}"))
                .containsExactly(
                        "s.yaml:1: kafka.embedded-port: does not go with bootstrap-servers; leave one of them out",
                        "s.yaml:2: schema-registry.embedded-port: does not go with url; leave one of them out");
    }

    @Test
    void parse_limits_nameTheItemAndItsLine() {
        assertThat(mistakes(
                        "limits:",
                        "  - name: one",
                        "    levels: [64, 63, 64]",
                        "    metric: complaints",
                        "    period: 5s",
                        "    maximum: 0",
                        "    burst: -1",
                        "    actoin: block",
                        "  - {name: two, levels: [64], metric: messages, period: 1m, maximum: 1}",
                        "  - {name: two, levels: [48], metric: messages, period: 1m, maximum: 1}"))
                .satisfiesExactly(
                        level -> assertThat(level)
                                .isEqualTo(
                                        "s.yaml:3: limits[0].levels[1]: \"63\" is none of these; expected: one of 64, 56, 48,"
                                                + " 32, 24, domain"),
                        twice -> assertThat(twice).startsWith("s.yaml:3: limits[0].levels[2]: is there twice"),
                        metric -> assertThat(metric)
                                .startsWith(
                                        "s.yaml:4: limits[0].metric: \"complaints\" is none of these; expected: one of"
                                                + " connections, messages, rejections"),
                        period -> assertThat(period).startsWith("s.yaml:5: limits[0].period: \"5s\" is too short"),
                        maximum -> assertThat(maximum).startsWith("s.yaml:6: limits[0].maximum: \"0\" is too small"),
                        burst -> assertThat(burst).startsWith("s.yaml:7: limits[0].burst: \"-1\" is too small"),
                        action -> assertThat(action).startsWith("s.yaml:8: limits[0].actoin: there is no such field"),
                        name -> assertThat(name)
                                .isEqualTo("s.yaml:10: limits[2]: is there twice, first in line 9; leave one out"));
    }

    @Test
    void parse_blocklists_sayWhatIsMissingOrTooMuch() {
        assertThat(mistakes(
                        "dns:",
                        "  blocklists:",
                        "    - {preset: spamcop}",
                        "    - {preset: surbl, name: own}",
                        "    - {name: own, zone: bl.example.org}",
                        "    - {name: two, zone: b.example, subject: address, any: bad, bits: [{bit: 2, kind: bad}]}",
                        "    - {name: x, zone: 'a..b', subject: hosts, any: nice}",
                        "    - {name: y, zone: ., subject: name, exact: [{answer: 127.255.255.254, kind: bad}]}",
                        "    - {name: z, zone: z.example, subject: name, exact: [{answer: 192.0.2.1, kind: bad}]}",
                        "    - {name: w, zone: w.example, subject: name, bits: [{bit: 3, kind: bad}]}",
                        "    - {preset: surbl}",
                        "    - {preset: surbl, zone: mirror.example}"))
                .extracting(mistake -> mistake.substring("s.yaml:".length(), mistake.indexOf(';')))
                .containsExactly(
                        "3: dns.blocklists[0].preset: \"spamcop\" is none of these",
                        "4: dns.blocklists[1]: a preset brings its own name, subject and codes",
                        "5: dns.blocklists[2]: is no whole list",
                        "6: dns.blocklists[3]: has more than one of any, exact and bits",
                        "7: dns.blocklists[4].zone: \"a..b\" is no domain name",
                        "7: dns.blocklists[4].subject: \"hosts\" is none of these",
                        "7: dns.blocklists[4].any: \"nice\" is none of these",
                        "8: dns.blocklists[5].zone: \".\" is no domain name",
                        "8: dns.blocklists[5].exact[0].answer: \"127.255.255.254\" is no answer of a list",
                        "9: dns.blocklists[6].exact[0].answer: \"192.0.2.1\" is no answer of a list",
                        "10: dns.blocklists[7].bits[0].bit: \"3\" is none of these",
                        "12: dns.blocklists[9]: is there twice, first in line 11");
    }
}
