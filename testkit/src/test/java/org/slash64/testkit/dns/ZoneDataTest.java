package org.slash64.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class ZoneDataTest {
    private static final String ZONE = """
            $TTL 300
            $ORIGIN example.test.
            @ 3600 IN SOA ns hostmaster 1 7200 900 604800 60
            @ IN NS ns
            mail IN A 192.0.2.1
            mail IN A 192.0.2.2
            deep.under.empty IN A 192.0.2.3
            www IN CNAME mail
            loop1 IN CNAME loop2
            loop2 IN CNAME loop1
            away IN CNAME host.elsewhere.
            gone IN CNAME missing
            *.wild IN A 192.0.2.4
            *.wildalias IN CNAME mail
            present.wild IN TXT "here"
            $ORIGIN 2.0.192.in-addr.arpa.
            1 IN PTR mail.example.test.
            """;

    private static ZoneAnswer ask(String name, int type) throws IOException {
        return ZoneData.parse(ZONE).lookup(Name.fromString(name), type);
    }

    @Test
    void lookup_exactNameAndType_isAnswer() throws IOException {
        ZoneAnswer answer = ask("MAIL.example.test.", Type.A);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).extracting(Record::rdataToString).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(answer.authority()).isEmpty();
    }

    @Test
    void lookup_secondZoneOfFile_isAnswer() throws IOException {
        assertThat(ask("1.2.0.192.in-addr.arpa.", Type.PTR).answers()).hasSize(1);
    }

    @Test
    void lookup_otherType_isNodataWithSoa() throws IOException {
        ZoneAnswer answer = ask("mail.example.test.", Type.AAAA);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).isEmpty();
        assertThat(answer.authority()).extracting(Record::getTTL).containsExactly(60L);
    }

    @Test
    void lookup_emptyNonTerminal_isNodata() throws IOException {
        assertThat(ask("under.empty.example.test.", Type.A).rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("empty.example.test.", Type.A).rcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void lookup_missingName_isNxdomainWithSoa() throws IOException {
        ZoneAnswer answer = ask("nobody.example.test.", Type.A);
        assertThat(answer.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.authority()).extracting(Record::getType).containsExactly(Type.SOA);
    }

    @Test
    void lookup_missingNameOutsideZonesWithSoa_isNxdomainWithoutSoa() throws IOException {
        ZoneAnswer answer = ask("9.2.0.192.in-addr.arpa.", Type.PTR);
        assertThat(answer.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.authority()).isEmpty();
    }

    @Test
    void lookup_cname_isFollowed() throws IOException {
        assertThat(ask("www.example.test.", Type.A).answers())
                .extracting(record -> Type.string(record.getType()))
                .containsExactly("CNAME", "A", "A");
        assertThat(ask("www.example.test.", Type.CNAME).answers()).hasSize(1);
    }

    @Test
    void lookup_cnameLoop_ends() throws IOException {
        assertThat(ask("loop1.example.test.", Type.A).answers()).hasSize(ZoneData.MAX_CNAME_LINKS + 1);
    }

    @Test
    void lookup_cnameOutOfData_leavesTargetToClient() throws IOException {
        ZoneAnswer answer = ask("away.example.test.", Type.A);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).hasSize(1);
        assertThat(answer.authority()).isEmpty();
    }

    @Test
    void lookup_cnameToMissingName_isNxdomain() throws IOException {
        ZoneAnswer answer = ask("gone.example.test.", Type.A);
        assertThat(answer.rcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(answer.answers()).hasSize(1);
        assertThat(answer.authority()).hasSize(1);
    }

    @Test
    void lookup_wildcard_answersUnderAskedName() throws IOException {
        assertThat(ask("a.b.wild.example.test.", Type.A).answers())
                .extracting(record -> record.getName().toString())
                .containsExactly("a.b.wild.example.test.");
        assertThat(ask("x.wildalias.example.test.", Type.A).answers()).hasSize(3);
    }

    @Test
    void lookup_nameBesideWildcard_isNotCovered() throws IOException {
        ZoneAnswer answer = ask("present.wild.example.test.", Type.A);
        assertThat(answer.rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.answers()).isEmpty();
        assertThat(ask("under.present.wild.example.test.", Type.A).rcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void lookup_any_isAllOfName() throws IOException {
        assertThat(ask("example.test.", Type.ANY).answers()).hasSize(2);
    }

    @Test
    void lookup_largeRecordSet_isWhole() throws IOException {
        ZoneData data =
                ZoneData.parse("$TTL 5\n$GENERATE 1-100000 1.2.0.192.in-addr.arpa. IN PTR host$.example.test.\n");
        assertThat(data.lookup(Name.fromString("1.2.0.192.in-addr.arpa."), Type.PTR)
                        .answers())
                .hasSize(100_000);
    }

    @Test
    void lookup_sameRecordTwice_isOne() throws IOException {
        ZoneData data = ZoneData.parse("$TTL 5\na. IN MX 1 B.\nA. IN MX 1 b.\na. IN MX 2 b.\n");
        assertThat(data.lookup(Name.fromString("a."), Type.MX).answers())
                .extracting(Record::rdataToString)
                .containsExactly("1 B.", "2 b.");
    }

    @Test
    void lookup_recordsOfSeveralTtls_haveTheLeast() throws IOException {
        ZoneData data = ZoneData.parse("a.B. 60 IN MX 1 C.D.\na.B. 5 IN MX 2 x.\na.b. 7 IN TXT x\n");
        assertThat(data.lookup(Name.fromString("a.b."), Type.MX).answers())
                .extracting(Record::toString)
                .containsExactly("a.B.\t\t\t5\tIN\tMX\t1 C.D.", "a.B.\t\t\t5\tIN\tMX\t2 x.");
        assertThat(data.lookup(Name.fromString("a.b."), Type.TXT).answers())
                .extracting(Record::getTTL)
                .containsExactly(7L);
    }

    @Test
    void lookup_noData_isNxdomain() throws IOException {
        assertThat(ZoneData.parse("").lookup(Name.fromString("a.test."), Type.A).rcode())
                .isEqualTo(Rcode.NXDOMAIN);
        assertThat(ZoneData.parse("").lookup(Name.root, Type.A).rcode()).isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$TTL 5;;a. IN A 1.2.3;|zone:3: Invalid address: 1.2.3",
                "a. IN A 192.0.2.1|zone:1: missing TTL",
                "$TTL 5;$INCLUDE /etc/passwd;|zone:2: $INCLUDE",
                "$TTL 5;a. NOTYPE x;|zone:2: Invalid type",
                "$TTL 5;a. IN TXT \"open;|zone:3: newline in quoted string",
                "$TTL 5;a. CH TXT x;|zone: a.",
            })
    void parse_badZone_namesFileAndLine(String zone, String message) {
        assertThatThrownBy(() -> ZoneData.parse(zone.replace(';', '\n')))
                .isInstanceOf(ZoneFormatException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void parse_badFile_namesIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.zone"), "$TTL 5\nx IN A nonsense\n");
        assertThatThrownBy(() -> ZoneData.parse(file)).hasMessageStartingWith(file + ":2: ");
    }
}
