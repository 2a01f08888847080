package org.slash64.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slash64.testkit.dns.ZoneAnswer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class LoadAnswersTest {

    private final LoadAnswers answers =
            new LoadAnswers(new LoadZone(Mix.standard().of(100, 10)));

    @Test
    void lookup_recordOfTheLoad_isAnswered() {
        ZoneAnswer answer = answers.lookup(Name.fromConstantString("sender3.example."), Type.TXT);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).singleElement().asString().contains("v=spf1");
        assertThat(answer.authority()).isEmpty();
    }

    @Test
    void lookup_anythingElse_doesNotExist_andMayBeCached() {
        ZoneAnswer answer = answers.lookup(Name.fromConstantString("sender10.example."), Type.TXT);
        assertThat(answer.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.answers()).isEmpty();
        assertThat(answer.authority())
                .singleElement()
                .matches(record -> record.getType() == Type.SOA && record.getTTL() > 0);
    }
}
