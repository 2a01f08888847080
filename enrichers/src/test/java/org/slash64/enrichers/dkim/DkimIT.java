package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.dns.CacheLimits;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsLimits;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.xbill.DNS.Rcode;

/**
 * Keys over the network, from a server that misbehaves. RFC 6376 section 6.1.2: a query that fails to respond may be
 * tried later, a key that does not exist is an error that stays.
 */
@Timeout(20)
class DkimIT {
    private static final String ZONE = """
            $TTL 60
            $ORIGIN _domainkey.example.com.
            sel TXT %s
            alias CNAME elsewhere.example.net.
            elsewhere.example.net. TXT %1$s
            noTxt A 192.0.2.1
            empty TXT ""
            revoked TXT "v=DKIM1; p="
            several TXT "v=DKIM1; k=ed25519; p=AAAA"
            several TXT %1$s
            loop1 CNAME loop2
            loop2 CNAME loop1
            dangling CNAME missing.example.net.
            """;

    private ZoneServer server;
    private DnsClient dns;

    @BeforeEach
    void start() throws IOException {
        String key = strings("v=DKIM1; k=rsa; p=" + Keys.data(Keys.RSA));
        server = ZoneServer.start(ZoneData.parse(ZONE.formatted(key)), 0);
        dns = new DnsClient(
                List.of(server.address()),
                new DnsLimits(2, Duration.ofMillis(500), Duration.ofSeconds(2), 100, 100),
                CacheLimits.DEFAULTS,
                Ticker.systemTicker());
    }

    @AfterEach
    void stop() throws IOException {
        dns.close();
        server.close();
    }

    /** In strings short enough for a master file. */
    private static String strings(String text) {
        return Stream.iterate(0, start -> start < text.length(), start -> start + 200)
                .map(start -> text.substring(start, Math.min(text.length(), start + 200)))
                .map(part -> '"' + part + '"')
                .collect(Collectors.joining(" "));
    }

    private DkimResult verify(String selector) {
        String tags = "c=relaxed/relaxed; d=example.com; s=" + selector + "; bh=" + Mail.bodyHash(Mail.BODY);
        DkimMaterial material = Mail.collect(Mail.rsa(Keys.RSA, tags) + Mail.HEADER + "\r\n" + Mail.BODY);
        return new DkimVerifier(dns).verify(material, Instant.EPOCH).join().get(0);
    }

    static List<Arguments> faults() {
        return List.of(
                arguments(new Fault.Delay(Duration.ofMillis(100)), DkimStatus.PASS, "fits"),
                arguments(new Fault.Truncate(), DkimStatus.PASS, "fits"),
                arguments(new Fault.Delay(Duration.ofMinutes(1)), DkimStatus.TEMPERROR, "TIMEOUT"),
                arguments(new Fault.Drop(), DkimStatus.TEMPERROR, "TIMEOUT"),
                arguments(Fault.servfail(), DkimStatus.TEMPERROR, "SERVFAIL"),
                arguments(Fault.refused(), DkimStatus.TEMPERROR, "REFUSED"),
                arguments(new Fault.Status(Rcode.FORMERR), DkimStatus.TEMPERROR, "ERROR"),
                arguments(new Fault.Status(Rcode.NOTIMP), DkimStatus.TEMPERROR, "ERROR"),
                arguments(new Fault.WrongQuestion(), DkimStatus.TEMPERROR, "key lookup"),
                arguments(new Fault.WrongId(), DkimStatus.TEMPERROR, "key lookup"),
                arguments(new Fault.Garbage(), DkimStatus.TEMPERROR, "key lookup"),
                arguments(new Fault.Status(Rcode.NXDOMAIN), DkimStatus.PERMERROR, "there is none, NXDOMAIN"),
                arguments(new Fault.Status(Rcode.NOERROR), DkimStatus.PERMERROR, "there is none, NODATA"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void verify_faultyServer_isAsTheStandardSays(Fault fault, DkimStatus status, String reason) {
        server.injectAll(fault);
        DkimResult result = verify("sel");
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "sel, PASS, fits",
        "alias, PASS, fits",
        "several, PASS, fits",
        "missing, PERMERROR, NXDOMAIN",
        "dangling, PERMERROR, NXDOMAIN",
        "noTxt, PERMERROR, NODATA",
        "empty, PERMERROR, key",
        "revoked, PERMERROR, revoked",
        "loop1, TEMPERROR, CNAME"
    })
    void verify_zone_isAsTheStandardSays(String selector, DkimStatus status, String reason) {
        DkimResult result = verify(selector);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void verify_truncatedAnswer_isAskedForOverTcp() {
        server.injectAll(new Fault.Truncate());
        assertThat(verify("sel").status()).isEqualTo(DkimStatus.PASS);
        assertThat(server.tcpQueries()).isEqualTo(1);
    }

    @Test
    void verify_afterTemperror_passesWhenTheServerIsBack() {
        server.injectAll(new Fault.Drop());
        assertThat(verify("sel").status()).isEqualTo(DkimStatus.TEMPERROR);
        server.heal();
        assertThat(verify("alias").status()).isEqualTo(DkimStatus.PASS);
    }

    @Test
    void verify_clientClosed_isNoVerdict() {
        dns.close();
        assertThat(new DkimVerifier(dns)
                        .verify(
                                Mail.collect(Mail.rsa(Keys.RSA, Mail.tags(Mail.BODY)) + Mail.HEADER + "\r\n"),
                                Instant.EPOCH))
                .isCompletedExceptionally();
    }
}
