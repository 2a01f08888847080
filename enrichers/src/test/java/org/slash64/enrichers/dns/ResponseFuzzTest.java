package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Any bytes that parse as a message are read as an answer to the question in them, or as none. */
class ResponseFuzzTest {
    private static final long CHAIN_TTL = 300;

    static Stream<byte[]> seeds() {
        return Stream.of(
                wire(Rcode.NOERROR, Type.A, "a. A 192.0.2.1", "a. A 192.0.2.2"),
                wire(Rcode.NOERROR, Type.AAAA, "a. CNAME b.", "b. CNAME c.", "c. AAAA 2001:db8::1"),
                wire(Rcode.NOERROR, Type.MX, "a. CNAME a.", "!. SOA a. b. 1 2 3 4 5"),
                wire(Rcode.NOERROR, Type.PTR, "a. PTR x.y.", "a. PTR z."),
                wire(Rcode.NXDOMAIN, Type.TXT, "a. CNAME b.", "!. SOA a. b. 1 2 3 4 5", "!. NS c."),
                wire(Rcode.NOERROR, Type.TXT, "a. TXT \"v=spf1\" \" -all\"", "b. TXT x"),
                wire(Rcode.SERVFAIL, Type.A),
                wire(Rcode.NOERROR, Type.A, "!a. NS b."));
    }

    private static byte[] wire(int rcode, int type, String... records) {
        Message message = ScriptedTransport.response(rcode, records);
        message.addRecord(Record.newRecord(Name.fromConstantString("a."), type, DClass.IN), Section.QUESTION);
        return message.toWire(Message.MAXLENGTH);
    }

    @MethodSource("seeds")
    @FuzzTest
    void read(byte[] wire) {
        Message message;
        try {
            message = new Message(wire);
        } catch (IOException e) {
            return; // what the library refuses
        }
        Record asked = message.getQuestion();
        if (asked != null && asked.getName().isAbsolute()) {
            assertReading(new Question(asked.getName(), asked.getType()), message);
        }
    }

    private static void assertReading(Question question, Message message) {
        Reading reading = new ResponseReader(CacheLimits.DEFAULTS).read(question, message, 0, CHAIN_TTL);
        if (reading instanceof Reading.Settled settled) {
            DnsAnswer answer = settled.answer();
            assertThat(answer.records().isEmpty()).isEqualTo(answer.outcome() != DnsOutcome.ANSWER);
            assertThat(answer.records()).allMatch(record -> record.getType() == question.type());
            assertThat(answer.ttl())
                    .isGreaterThanOrEqualTo(Duration.ZERO)
                    .isLessThanOrEqualTo(CacheLimits.DEFAULTS.maxTtl());
        } else {
            assertThat(((Reading.Alias) reading).links()).isBetween(1, ResponseReader.MAX_CNAME_LINKS + 1);
        }
    }
}
