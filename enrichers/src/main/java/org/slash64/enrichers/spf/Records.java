package org.slash64.enrichers.spf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/**
 * Finds the SPF record among TXT records (RFC 7208 section 4.5) and keeps what was read of each name until its answer
 * changes. Any thread.
 */
final class Records {
    /** About the heap that read records may take. */
    private static final int MAX_CACHED_BYTES = 128 << 20;
    /** About the heap of a read record per character, at worst: "a" and a space are a directive. */
    private static final int BYTES_PER_CHARACTER = 64;
    /** About the heap of a kept reading apart from what was read, and of each TXT record apart from its text. */
    private static final int OVERHEAD = 400;

    private final Cache<Name, Reading> readings = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_BYTES)
            .weigher((Name name, Reading reading) -> reading.weight())
            .executor(Runnable::run)
            .build();

    /**
     * What came of an answer with an SPF record.
     *
     * @param records the answer's; of the same list, which is what a cache of answers gives, nothing is read again
     * @param text of the SPF record; of the same text in another answer, nothing is parsed again
     */
    private record Reading(List<Record> records, String text, Optional<ParsedRecord> found) {

        int weight() {
            int weight = OVERHEAD + text.length() * BYTES_PER_CHARACTER;
            for (Record record : records) {
                weight += OVERHEAD
                        + (record instanceof TXTRecord txt ? Records.text(txt).length() : 0);
            }
            return weight;
        }
    }

    /** The only SPF record of the answer for a name, read; empty when there is none. */
    Optional<ParsedRecord> select(Name name, DnsAnswer answer) {
        Reading before = readings.getIfPresent(name);
        if (before != null && before.records() == answer.records()) {
            return before.found();
        }
        List<String> texts = answer.records(TXTRecord.class).stream()
                .filter(Records::mayBeSpf)
                .map(Records::text)
                .filter(RecordParser::isSpf)
                .toList();
        return switch (texts.size()) {
            case 0 -> Optional.empty();
            case 1 -> {
                String text = texts.get(0);
                boolean unchanged = before != null && before.text().equals(text);
                Optional<ParsedRecord> found = unchanged ? before.found() : Optional.of(RecordParser.parse(text));
                readings.put(name, new Reading(answer.records(), text, found));
                yield found;
            }
            default -> Optional.of(new ParsedRecord.Invalid("more than one SPF record"));
        };
    }

    /** Spares the other records at a name their making into strings. */
    private static boolean mayBeSpf(TXTRecord record) {
        List<byte[]> strings = record.getStringsAsByteArrays();
        byte[] first = strings.isEmpty() ? new byte[0] : strings.get(0);
        return first.length == 0 ? strings.size() > 1 : (first[0] | 0x20) == 'v';
    }

    /** The strings without anything between: RFC 7208 section 3.3. */
    static String text(TXTRecord record) {
        List<byte[]> strings = record.getStringsAsByteArrays();
        if (strings.size() == 1) {
            return new String(strings.get(0), StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder();
        strings.forEach(part -> text.append(new String(part, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }
}
