package org.slash64.enrichers.fcrdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;

class FcrdnsTest {

    @ParameterizedTest
    @CsvSource({"NXDOMAIN, 1", "NODATA, 1", "SERVFAIL, 3", "TIMEOUT, 3"})
    void check_again_asksAgainOnlyAfterATemperror(DnsOutcome outcome, int questions) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Fcrdns fcrdns = new Fcrdns((name, type) -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(new DnsAnswer(outcome, List.of(), Duration.ZERO, "said the test"));
        });
        InetAddress client = InetAddress.getByName("2001:db8::1");
        FcrdnsResult first = fcrdns.check(client).get();
        for (int i = 0; i < 2; i++) {
            assertThat(fcrdns.check(client).get()).isEqualTo(first);
        }
        assertThat(asked).hasValue(questions);
        fcrdns.check(InetAddress.getByName("2001:db8::2")).get();
        assertThat(asked).as("another client").hasValue(questions + 1);
    }
}
