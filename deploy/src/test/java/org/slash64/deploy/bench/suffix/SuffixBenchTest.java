package org.slash64.deploy.bench.suffix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.bench.RoundTimes;

class SuffixBenchTest {

    @Test
    void verify_bothSidesFindTheSameDomains() throws IOException {
        new SuffixBench(new RoundTimes()).verify();
    }

    @Test
    void domains_areOneLabelMoreThanTheSuffix() {
        assertThat(OrganisationalDomains.slash64("mx.a.example.co.uk")).isEqualTo("example.co.uk");
        assertThat(OrganisationalDomains.slash64("x.user.github.io")).isEqualTo("user.github.io");
        assertThat(OrganisationalDomains.slash64("a.b.example")).isEqualTo("b.example");
    }
}
