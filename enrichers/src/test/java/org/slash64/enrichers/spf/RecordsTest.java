package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.testkit.dns.ZoneFormatException;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class RecordsTest {
    private static final Name NAME = Name.fromConstantString("example.com.");

    private final Records records = new Records();

    private static DnsAnswer answer(String... texts) throws ZoneFormatException {
        String[] lines = new String[texts.length];
        for (int i = 0; i < texts.length; i++) {
            lines[i] = "example.com. TXT " + texts[i];
        }
        return RecordedDns.of(lines).answer(NAME, Type.TXT);
    }

    private int directives(DnsAnswer answer) {
        ParsedRecord found = records.select(NAME, answer).orElseThrow();
        return ((ParsedRecord.Valid) found).spf().directives().size();
    }

    @Test
    void select_sameAnswer_isReadOnce() throws ZoneFormatException {
        DnsAnswer answer = answer("\"v=spf1 a -all\"", "other");
        Optional<ParsedRecord> first = records.select(NAME, answer);
        assertThat(records.select(NAME, answer)).isSameAs(first);
    }

    @Test
    void select_sameTextInANewAnswer_isReadOnce() throws ZoneFormatException {
        Optional<ParsedRecord> first = records.select(NAME, answer("\"v=spf1 a -all\""));
        assertThat(records.select(NAME, answer("\"v=spf1 a \" \"-all\"", "other")))
                .isSameAs(first);
    }

    @Test
    void select_changedAnswer_isTheNewRecord() throws ZoneFormatException {
        assertThat(directives(answer("\"v=spf1 a -all\""))).isEqualTo(2);
        assertThat(directives(answer("\"v=spf1 -all\""))).isEqualTo(1);
        assertThat(records.select(NAME, answer("other"))).isEmpty();
        assertThat(records.select(NAME, answer("\"v=spf1 -all\"", "\"v=spf1 a -all\"")))
                .get()
                .isInstanceOf(ParsedRecord.Invalid.class);
        assertThat(directives(answer("\"v=spf1 mx a -all\""))).isEqualTo(3);
    }
}
