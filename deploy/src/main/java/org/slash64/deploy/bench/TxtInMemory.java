package org.slash64.deploy.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** TXT records whose answers are complete at once and always the same objects, as those of a cache are. */
public final class TxtInMemory implements Dns {

    private static final Duration TTL = Duration.ofHours(1);
    /** RFC 1035 section 3.3. */
    private static final int MAX_STRING = 255;

    private final Map<Name, CompletableFuture<DnsAnswer>> answers = new HashMap<>();
    private final CompletableFuture<DnsAnswer> nothing =
            CompletableFuture.completedFuture(new DnsAnswer(DnsOutcome.NODATA, List.of(), TTL, ""));

    /** The only record of each name, names without their last dot. */
    public TxtInMemory(Map<String, String> records) {
        records.forEach((name, text) -> {
            Name absolute = Name.fromConstantString(name + ".");
            Record record = Record.newRecord(absolute, Type.TXT, DClass.IN, TTL.toSeconds(), data(text));
            DnsAnswer answer = new DnsAnswer(DnsOutcome.ANSWER, List.of(record), TTL, "");
            answers.put(absolute, CompletableFuture.completedFuture(answer));
        });
    }

    private static byte[] data(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int start = 0; start < bytes.length; start += MAX_STRING) {
            int length = Math.min(MAX_STRING, bytes.length - start);
            data.write(length);
            data.write(bytes, start, length);
        }
        return data.toByteArray();
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        return type == Type.TXT ? answers.getOrDefault(name, nothing) : nothing;
    }
}
