package org.slash64.testkit.dns;

import java.util.List;
import org.xbill.DNS.Record;

/**
 * What a zone says to a question.
 *
 * @param rcode a value of {@link org.xbill.DNS.Rcode}
 * @param answers the CNAME records followed and the records asked for, in this order
 * @param authority the SOA record of a negative answer (RFC 2308 section 3), or nothing
 */
public record ZoneAnswer(int rcode, List<Record> answers, List<Record> authority) {
    /** Copies the lists. */
    public ZoneAnswer {
        answers = List.copyOf(answers);
        authority = List.copyOf(authority);
    }
}
