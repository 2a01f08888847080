package org.slash64.deploy.bench.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.bench.RoundTimes;

class PrefixBenchTest {

    @Test
    void verify_bothSidesMakeTheSameText() throws IOException {
        new PrefixBench(new RoundTimes()).verify();
    }

    @Test
    void texts_areTheCountedLevels() {
        assertThat(PrefixTexts.slash64("2001:DB8:1:2345:6::7"))
                .containsExactly("2001:db8:1:2345::/64", "2001:db8:1:2300::/56", "2001:db8:1::/48")
                .isEqualTo(PrefixTexts.guava("2001:DB8:1:2345:6::7"));
        assertThat(PrefixTexts.slash64("192.0.2.1")).containsExactly("192.0.2.1/32", "192.0.2.0/24");
    }
}
