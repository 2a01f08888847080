package org.slash64.deploy.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.bench.LoadDns;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneServer;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;

class ColdDnsBenchTest {

    private static final Mix MIX = Mix.standard().of(200, 50);

    @Test
    void answered_areThoseOfWhichDnsSaidSomething() {
        assertThat(ColdPipelineSide.answered(Map.of(
                        DnsOutcome.ANSWER, 1L, DnsOutcome.NODATA, 2L, DnsOutcome.NXDOMAIN, 4L, DnsOutcome.TIMEOUT, 8L)))
                .isEqualTo(7);
    }

    @Test
    void clientAlone_asksEachQuestionOfTheLoadOnce() throws Exception {
        Load load = new Load(MIX, 500);
        load.warm();
        List<LoadDns.Question> questions = load.questions();
        assertThat(questions).doesNotHaveDuplicates().hasSizeGreaterThan(100);
        try (ZoneServer server = ZoneServer.start(new LoadZone(MIX), 0)) {
            assertThat(new ClientAloneSide(questions, server.address()).round()).isPositive();
            assertThat(server.queries()).isEqualTo(questions.size());
        }
    }

    @Test
    void clientAlone_withoutAnswers_fails() throws Exception {
        Load load = new Load(MIX, 10);
        load.warm();
        try (ZoneServer server = ZoneServer.start(new LoadZone(MIX), 0)) {
            server.injectAll(Fault.servfail());
            assertThatThrownBy(() -> new ClientAloneSide(load.questions(), server.address()).round())
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("0 of ");
        }
    }
}
