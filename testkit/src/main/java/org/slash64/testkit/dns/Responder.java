package org.slash64.testkit.dns;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** From the bytes of a query to the bytes of its answer; keeps the zone and the faults. */
final class Responder {
    /** What this server takes over UDP, as it says in its OPT record: DNS Flag Day 2020. */
    private static final int EDNS_PAYLOAD = 1232;
    /** RFC 1035 section 4.2.1: without EDNS; RFC 6891 section 6.2.3: any lower EDNS value means this. */
    private static final int MIN_UDP = 512;
    /** RFC 6891 section 6.2.5 recommends it as the most to ask for. */
    private static final int MAX_UDP = 4096;

    private final Map<Name, Fault> faults = new ConcurrentHashMap<>();
    private volatile Optional<Fault> faultOfAll = Optional.empty();
    private volatile Zone data;

    Responder(Zone data) {
        this.data = data;
    }

    void serve(Zone other) {
        data = other;
    }

    void inject(Name name, Fault fault) {
        faults.put(name, fault);
    }

    void injectAll(Fault fault) {
        faultOfAll = Optional.of(fault);
    }

    void heal() {
        faults.clear();
        faultOfAll = Optional.empty();
    }

    /** The answer; none for what is no query and what a fault drops. */
    Optional<Reply> reply(byte[] wire, boolean tcp) {
        if (wire.length < Header.LENGTH || isAnswer(wire)) {
            return Optional.empty();
        }
        try {
            return reply(new Message(wire), tcp);
        } catch (IOException | RuntimeException e) { // whatever a hostile query made the library throw
            return Optional.of(new Reply(formatError(wire), Duration.ZERO));
        }
    }

    /** Two servers that answer each other's answers would never stop. */
    private static boolean isAnswer(byte[] wire) {
        return (wire[2] & 0x80) != 0;
    }

    private static byte[] formatError(byte[] wire) {
        Header header = new Header(((wire[0] & 0xff) << 8) | (wire[1] & 0xff));
        header.setFlag(Flags.QR);
        header.setRcode(Rcode.FORMERR);
        return header.toWire();
    }

    private Optional<Reply> reply(Message query, boolean tcp) {
        int refusal = refusal(query);
        if (refusal != Rcode.NOERROR) {
            return Optional.of(send(status(query, refusal), query, tcp));
        }
        return faulty(query, tcp, fault(query.getQuestion().getName()));
    }

    private Optional<Fault> fault(Name name) {
        return Optional.ofNullable(faults.get(name)).or(() -> faultOfAll);
    }

    private static int refusal(Message query) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return Rcode.NOTIMP;
        }
        if (query.getHeader().getCount(Section.QUESTION) != 1) {
            return Rcode.FORMERR;
        }
        if (query.getOPT() != null && query.getOPT().getVersion() > 0) {
            return Rcode.BADVERS;
        }
        Record question = query.getQuestion();
        boolean transfer = question.getType() == Type.AXFR || question.getType() == Type.IXFR;
        return transfer || question.getDClass() != DClass.IN ? Rcode.REFUSED : Rcode.NOERROR;
    }

    private Optional<Reply> faulty(Message query, boolean tcp, Optional<Fault> fault) {
        if (fault.isEmpty()) {
            return Optional.of(send(answer(query), query, tcp));
        }
        if (fault.get() instanceof Fault.Drop) {
            return Optional.empty();
        }
        if (fault.get() instanceof Fault.Status status) {
            return Optional.of(send(status(query, status.rcode()), query, tcp));
        }
        return Optional.of(bent(query, tcp, fault.get()));
    }

    private Reply bent(Message query, boolean tcp, Fault fault) {
        Reply right = send(answer(query), query, tcp);
        if (fault instanceof Fault.Delay delay) {
            return new Reply(right.wire(), delay.by());
        }
        if (fault instanceof Fault.Truncate && !tcp) {
            Message cut = status(query, Rcode.NOERROR);
            cut.getHeader().setFlag(Flags.TC);
            return send(cut, query, false);
        }
        if (fault instanceof Fault.WrongQuestion) {
            return send(renamed(answer(query)), query, tcp);
        }
        if (fault instanceof Fault.WrongId) {
            right.wire()[1] ^= 0x55;
        }
        return fault instanceof Fault.Garbage
                ? new Reply(Arrays.copyOf(right.wire(), Header.LENGTH + 1), Duration.ZERO)
                : right;
    }

    private static Message renamed(Message answer) {
        Record asked = answer.getQuestion();
        answer.removeAllRecords(Section.QUESTION);
        Name other = Name.fromConstantString("not.asked.invalid.");
        answer.addRecord(Record.newRecord(other, asked.getType(), asked.getDClass()), Section.QUESTION);
        return answer;
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        ZoneAnswer found = data.lookup(question.getName(), question.getType());
        Message answer = status(query, found.rcode());
        answer.getHeader().setFlag(Flags.AA);
        found.answers().forEach(record -> answer.addRecord(record, Section.ANSWER));
        found.authority().forEach(record -> answer.addRecord(record, Section.AUTHORITY));
        return answer;
    }

    private static Message status(Message query, int rcode) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setOpcode(query.getHeader().getOpcode());
        answer.getHeader().setFlag(Flags.QR);
        if (query.getHeader().getFlag(Flags.RD)) {
            answer.getHeader().setFlag(Flags.RD);
        }
        answer.getHeader().setRcode(rcode & 0xf);
        if (query.getQuestion() != null) {
            answer.addRecord(query.getQuestion(), Section.QUESTION);
        }
        if (query.getOPT() != null) {
            answer.addRecord(new OPTRecord(EDNS_PAYLOAD, rcode >> 4, 0), Section.ADDITIONAL);
        }
        return answer;
    }

    private static Reply send(Message answer, Message query, boolean tcp) {
        return new Reply(answer.toWire(tcp ? Message.MAXLENGTH : udpLimit(query)), Duration.ZERO);
    }

    private static int udpLimit(Message query) {
        OPTRecord opt = query.getOPT();
        return opt == null ? MIN_UDP : Math.min(MAX_UDP, Math.max(MIN_UDP, opt.getPayloadSize()));
    }
}
