package org.slash64.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slash64.testkit.dns.ZoneAnswer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class LoadZoneTest {

    private final LoadZone zone = new LoadZone(Mix.standard().of(10, 10));

    private ZoneAnswer lookup(String name, int type) {
        return zone.lookup(Name.fromConstantString(name), type);
    }

    @Test
    void lookup_recordOfASender_isTheAnswer() {
        ZoneAnswer answer = lookup("sender3.example.", Type.TXT);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).singleElement().extracting(Record::getType).isEqualTo(Type.TXT);
    }

    @Test
    void lookup_nameWithoutTheType_isNoData() {
        ZoneAnswer answer = lookup("sender3.example.", Type.AAAA);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).isEmpty();
    }

    @Test
    void lookup_unknownName_isNxdomain() {
        assertThat(lookup("nobody.example.", Type.TXT).rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(lookup("sender10.example.", Type.TXT).rcode()).isEqualTo(Rcode.NXDOMAIN);
    }
}
