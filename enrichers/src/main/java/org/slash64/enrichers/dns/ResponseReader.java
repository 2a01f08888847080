package org.slash64.enrichers.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reads a response to a question that matches it. Only records on the CNAME chain from the name asked for count;
 * whatever else a server puts in is ignored.
 */
final class ResponseReader {
    /** CNAME records from the name asked for to its records; RFC 1034 section 3.6.2 wants loops stopped. */
    static final int MAX_CNAME_LINKS = 8;

    /** RFC 2181 section 8: a TTL with the top bit set counts as zero. */
    private static final long MAX_WIRE_TTL = Integer.MAX_VALUE;

    private final CacheLimits limits;

    ResponseReader(CacheLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads what a response says.
     *
     * @param links CNAME records followed before this response
     * @param ttlSeconds the least TTL among those
     */
    Reading read(Question question, Message response, int links, long ttlSeconds) {
        if (response.getHeader().getOpcode() != Opcode.QUERY) { // in an UPDATE the library takes records without data
            return new Reading.Settled(failure(DnsOutcome.ERROR, "no answer to a query"));
        }
        if (response.getHeader().getFlag(Flags.TC)) { // over TCP too, or it would not come here; RFC 2181 section 9
            return new Reading.Settled(failure(DnsOutcome.ERROR, "more than a message holds"));
        }
        return switch (response.getRcode()) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> follow(question, response, links, ttlSeconds);
            case Rcode.SERVFAIL -> new Reading.Settled(failure(DnsOutcome.SERVFAIL, "SERVFAIL"));
            case Rcode.REFUSED -> new Reading.Settled(failure(DnsOutcome.REFUSED, "REFUSED"));
            default -> new Reading.Settled(failure(DnsOutcome.ERROR, Rcode.string(response.getRcode())));
        };
    }

    /** A failure, kept as long as failures are. */
    DnsAnswer failure(DnsOutcome outcome, String detail) {
        return DnsAnswer.without(outcome, limits.failureTtl(), detail);
    }

    /** Too many aliases; nothing that the server repeats will change it, but nothing is known about the records. */
    DnsAnswer endlessChain() {
        return failure(DnsOutcome.ERROR, "more than " + MAX_CNAME_LINKS + " CNAME records in a row");
    }

    private Reading follow(Question question, Message response, int before, long ttlBefore) {
        Name owner = question.name();
        long ttl = ttlBefore;
        for (int links = before; links <= MAX_CNAME_LINKS; links++) {
            List<Record> records = records(response, owner, question.type());
            if (!records.isEmpty()) {
                return answer(records, ttl);
            }
            List<Record> aliases = records(response, owner, Type.CNAME);
            if (aliases.isEmpty()) {
                return absent(response, owner, links - before, links, ttl);
            }
            ttl = Math.min(ttl, leastTtl(aliases));
            owner = ((CNAMERecord) aliases.get(0)).getTarget();
        }
        return new Reading.Settled(endlessChain());
    }

    private Reading answer(List<Record> records, long ttlBefore) {
        long ttl = Math.min(ttlBefore, leastTtl(records));
        return new Reading.Settled(new DnsAnswer(DnsOutcome.ANSWER, records, limits.positive(ttl), ""));
    }

    private Reading absent(Message response, Name owner, int linksHere, int links, long ttlBefore) {
        Optional<SOARecord> soa = soa(response, owner);
        if (response.getRcode() == Rcode.NXDOMAIN) {
            return negative(DnsOutcome.NXDOMAIN, soa, ttlBefore);
        }
        if (linksHere > 0 && soa.isEmpty()) {
            return new Reading.Alias(owner, links, ttlBefore);
        }
        if (isReferral(response, soa)) {
            return new Reading.Settled(failure(DnsOutcome.ERROR, "a referral; the server does not recurse"));
        }
        return negative(DnsOutcome.NODATA, soa, ttlBefore);
    }

    /** RFC 2308 section 5; without an SOA there is no TTL to go by, so the shortest is taken. */
    private Reading negative(DnsOutcome outcome, Optional<SOARecord> soa, long ttlBefore) {
        long ttl = soa.map(record -> Math.min(wireTtl(record.getTTL()), wireTtl(record.getMinimum())))
                .orElse(0L);
        return new Reading.Settled(
                DnsAnswer.without(outcome, limits.negative(Math.min(ttl, ttlBefore)), outcome.name()));
    }

    /** RFC 2308 section 2.2: NS without SOA from a server that is no authority. */
    private static boolean isReferral(Message response, Optional<SOARecord> soa) {
        return soa.isEmpty()
                && !response.getHeader().getFlag(Flags.AA)
                && response.getSection(Section.AUTHORITY).stream().anyMatch(record -> record.getType() == Type.NS);
    }

    private static Optional<SOARecord> soa(Message response, Name owner) {
        return response.getSection(Section.AUTHORITY).stream()
                .filter(record -> record instanceof SOARecord && owner.subdomain(record.getName()))
                .map(SOARecord.class::cast)
                .findFirst();
    }

    private static List<Record> records(Message response, Name owner, int type) {
        List<Record> found = new ArrayList<>();
        for (Record record : response.getSection(Section.ANSWER)) {
            if (record.getType() == type
                    && record.getDClass() == DClass.IN
                    && record.getName().equals(owner)) {
                found.add(record);
            }
        }
        return found;
    }

    private static long leastTtl(List<Record> records) {
        return records.stream()
                .mapToLong(record -> wireTtl(record.getTTL()))
                .min()
                .orElse(0);
    }

    private static long wireTtl(long ttl) {
        return ttl > MAX_WIRE_TTL ? 0 : ttl;
    }
}
