package org.slash64.enrichers.spf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** Finds the SPF record among TXT records (RFC 7208 section 4.5) and keeps what was read. Any thread. */
final class Records {
    /** About the heap that read records may take. */
    private static final int MAX_CACHED_BYTES = 128 << 20;
    /** About the heap of a read record per character, at worst: "a" and a space are a directive. */
    private static final int BYTES_PER_CHARACTER = 64;

    private final Cache<String, ParsedRecord> parsed = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_BYTES)
            .weigher((String text, ParsedRecord record) -> (text.length() + 1) * BYTES_PER_CHARACTER)
            .executor(Runnable::run)
            .build();

    /** The only SPF record, read; empty when there is none. */
    Optional<ParsedRecord> select(DnsAnswer answer) {
        String found = null;
        for (Record record : answer.records()) {
            if (record instanceof TXTRecord txt && mayBeSpf(txt)) {
                String text = text(txt);
                if (RecordParser.isSpf(text)) {
                    if (found != null) {
                        return Optional.of(new ParsedRecord.Invalid("more than one SPF record"));
                    }
                    found = text;
                }
            }
        }
        return Optional.ofNullable(found).map(text -> parsed.get(text, RecordParser::parse));
    }

    /** Spares the other records at a name their making into strings. */
    private static boolean mayBeSpf(TXTRecord record) {
        List<?> strings = record.getStringsAsByteArrays();
        byte[] first = strings.isEmpty() ? new byte[0] : (byte[]) strings.get(0);
        return first.length == 0 ? strings.size() > 1 : (first[0] | 0x20) == 'v';
    }

    /** The strings without anything between: RFC 7208 section 3.3. */
    static String text(TXTRecord record) {
        List<?> strings = record.getStringsAsByteArrays();
        if (strings.size() == 1) {
            return new String((byte[]) strings.get(0), StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder();
        strings.forEach(part -> text.append(new String((byte[]) part, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }
}
