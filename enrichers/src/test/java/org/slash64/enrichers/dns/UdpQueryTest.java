package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.dns.UdpQuery.Match;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class UdpQueryTest {
    private static final String NAME = "Mail-1.Example.TEST.";

    private static Message message(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
    }

    private static UdpQuery query(String name) {
        return new UdpQuery(
                DnsServers.parse("127.0.0.1:53"), message(name, Type.A).toWire());
    }

    private static byte[] response(UdpQuery query) throws IOException {
        Message message = new Message(query.wire());
        message.getHeader().setFlag(Flags.QR);
        Name name = message.getQuestion().getName();
        message.addRecord(Record.fromString(name, Type.A, DClass.IN, 60, "192.0.2.1", Name.root), Section.ANSWER);
        return message.toWire();
    }

    @Test
    void match_ownQuestion_isAnswer() throws IOException {
        UdpQuery query = query(NAME);
        query.varyCase(new RandomBits());
        assertThat(query.match(response(query))).isEqualTo(Match.ANSWER);
    }

    @Test
    void match_rootQuestion_isAnswer() throws IOException {
        UdpQuery query = query(".");
        query.varyCase(new RandomBits());
        assertThat(query.isCaseVaried()).isFalse();
        assertThat(query.match(response(query))).isEqualTo(Match.ANSWER);
    }

    @Test
    void match_otherLetterCase_isWrongCase() throws IOException {
        UdpQuery query = query(NAME);
        byte[] response = response(query);
        response[Header.LENGTH + 1] ^= 0x20;
        assertThat(query.match(response)).isEqualTo(Match.WRONG_CASE);
    }

    @Test
    void match_octetThatIsNoLetter_isNotFolded() throws IOException {
        UdpQuery query = query(NAME);
        byte[] response = response(query);
        response[Header.LENGTH + 5] ^= 0x20; // the hyphen
        assertThat(query.match(response)).isEqualTo(Match.WRONG_QUESTION);
    }

    @Test
    void match_otherLabelsTypeOrClass_isWrongQuestion() throws IOException {
        UdpQuery query = query(NAME);
        int nameEnd = Header.LENGTH + Name.fromString(NAME).length();
        for (int at : new int[] {Header.LENGTH, Header.LENGTH + 1, nameEnd + 1, nameEnd + 3}) {
            byte[] response = response(query);
            response[at] ^= 1;
            assertThat(query.match(response)).isEqualTo(Match.WRONG_QUESTION);
        }
    }

    @Test
    void match_everyCutOfAResponse_isMalformedUpToItsQuestion() throws IOException {
        UdpQuery query = query(NAME);
        byte[] response = response(query);
        int questionEnd = Header.LENGTH + Name.fromString(NAME).length() + 4;
        for (int length = Header.LENGTH; length <= response.length; length++) {
            assertThat(query.match(Arrays.copyOf(response, length)))
                    .isEqualTo(length < questionEnd ? Match.MALFORMED : Match.ANSWER);
        }
    }

    @Test
    void match_queryOrSeveralQuestions_isMalformed() throws IOException {
        UdpQuery query = query(NAME);
        byte[] response = response(query);
        response[5] = 2;
        assertThat(query.match(response)).isEqualTo(Match.MALFORMED);
        assertThat(query.match(query.wire())).isEqualTo(Match.MALFORMED);
    }

    @Test
    void match_withoutQuestion_isAnswerOnlyWhereTheServerCouldNotRead() {
        UdpQuery query = query(NAME);
        assertThat(query.match(bare(Rcode.FORMERR))).isEqualTo(Match.ANSWER);
        assertThat(query.match(bare(Rcode.NOTIMP))).isEqualTo(Match.ANSWER);
        assertThat(query.match(bare(Rcode.NOERROR))).isEqualTo(Match.MALFORMED);
        assertThat(query.match(bare(Rcode.NXDOMAIN))).isEqualTo(Match.MALFORMED);
    }

    private static byte[] bare(int rcode) {
        Header header = new Header(0);
        header.setFlag(Flags.QR);
        header.setRcode(rcode);
        return header.toWire();
    }

    @Test
    void varyCase_changesNothingButLetters() throws IOException {
        RandomBits random = new RandomBits();
        UdpQuery query = query("abcdefghijklmnopqrstuvwxyz-0123456789.abcdefghijklmnopqrstuvwxyz.test.");
        byte[] before = query.wire().clone();
        query.varyCase(random);
        assertThat(query.isCaseVaried()).isTrue();
        assertThat(query.wire()).isNotEqualTo(before);
        assertThat(new Message(query.wire()).getQuestion()).isEqualTo(new Message(before).getQuestion());
    }

    @Test
    void restore_bringsIdAndLettersBack() throws IOException {
        Message handedIn = message(NAME, Type.A);
        UdpQuery query = new UdpQuery(DnsServers.parse("127.0.0.1:53"), handedIn.toWire());
        query.varyCase(new RandomBits());
        Message restored = new Message(query.restore(response(query)));
        assertThat(restored.getHeader().getID()).isEqualTo(handedIn.getHeader().getID());
        assertThat(restored.getQuestion().getName()).hasToString(NAME);
        assertThat(restored.getSection(Section.ANSWER)).hasSize(1);
    }

    @Test
    void restore_refusalWithoutQuestion_hasTheQuestion() throws IOException {
        Message restored = new Message(query(NAME).restore(bare(Rcode.FORMERR)));
        assertThat(restored.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(restored.getQuestion().getName()).hasToString(NAME);
    }

    @Test
    void truncated_isAResponseWithTheFlagAlone() throws IOException {
        Message truncated = new Message(query(NAME).truncated());
        assertThat(truncated.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(truncated.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(truncated.getQuestion().getName()).hasToString(NAME);
        assertThat(truncated.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void construct_everyCutOfAQuery_isRefused() {
        byte[] wire = message(NAME, Type.A).toWire();
        for (int length = Header.LENGTH; length < wire.length; length++) {
            byte[] cut = Arrays.copyOf(wire, length);
            assertThatIllegalArgumentException().isThrownBy(() -> new UdpQuery(DnsServers.parse("127.0.0.1:53"), cut));
        }
    }
}
