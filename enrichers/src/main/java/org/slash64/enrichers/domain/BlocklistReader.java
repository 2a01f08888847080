package org.slash64.enrichers.domain;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.ARecord;

/** Reads what a list answered. */
final class BlocklistReader {
    /** Lists answer with one address per sub-list they combine; more than this says nothing more. */
    static final int MAX_ADDRESSES = 32;

    /** RFC 5782 section 2.1; anything else is an answer that somebody rewrote. */
    private static final int LOOPBACK = 0x7f;
    /** What Spamhaus and others answer to questions that they do not want. */
    private static final int REFUSALS = 0x7fff_ff;

    private BlocklistReader() {}

    static BlocklistAnswer read(DnsBlocklist list, DnsAnswer answer) {
        return switch (answer.outcome()) {
            case ANSWER -> read(list, answer.records(ARecord.class));
            case NODATA, NXDOMAIN -> new BlocklistAnswer(list.name(), BlocklistStatus.NOT_LISTED, List.of(), "");
            case SERVFAIL, REFUSED, TIMEOUT, ERROR ->
                without(list, BlocklistStatus.TEMPERROR, answer.outcome() + ", " + answer.detail());
        };
    }

    /** One address that is no answer of the list makes all of them suspect. */
    private static BlocklistAnswer read(DnsBlocklist list, List<ARecord> records) {
        List<Listing> listings = new ArrayList<>();
        String unknown = "";
        for (ARecord record : records.subList(0, Math.min(records.size(), MAX_ADDRESSES))) {
            byte[] address = record.getAddress().getAddress();
            String text = dotted(address);
            int bits = ByteBuffer.wrap(address).getInt();
            if (bits >>> 24 != LOOPBACK) {
                return error(list, text + " is no answer of a blocklist");
            }
            if (bits >>> 8 == REFUSALS) {
                return error(list, text + ": " + refusal(bits & 0xff));
            }
            List<Meaning> meanings = list.codes().read(text, bits);
            unknown = meanings.isEmpty() ? text + " has no known meaning" : unknown;
            meanings.forEach(meaning -> listings.add(new Listing(meaning, text)));
        }
        return listings.isEmpty()
                ? error(list, unknown)
                : new BlocklistAnswer(list.name(), BlocklistStatus.LISTED, listings, "");
    }

    static BlocklistAnswer error(DnsBlocklist list, String detail) {
        return without(list, BlocklistStatus.ERROR, detail);
    }

    private static BlocklistAnswer without(DnsBlocklist list, BlocklistStatus status, String detail) {
        return new BlocklistAnswer(list.name(), status, List.of(), detail);
    }

    private static String refusal(int code) {
        return switch (code) {
            case 252 -> "the zone's name is wrong";
            case 254 -> "asked through a public resolver";
            case 255 -> "asked too often";
            default -> "refused";
        };
    }

    private static String dotted(byte[] address) {
        return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "." + (address[3] & 0xff);
    }
}
