package org.slash64.deploy.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.testkit.conformance.dkim.DkimCase;
import org.slash64.testkit.conformance.dkim.KeyAnswer;
import org.slash64.testkit.conformance.dkim.KeyAnswer.Failure;
import org.slash64.testkit.conformance.dkim.KeyAnswer.Records;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The keys of one case of a DKIM suite, as DNS would give them. */
final class CaseKeys implements Dns {
    /** RFC 1035 section 3.3. */
    private static final int MAX_STRING = 255;

    private final DkimCase message;

    CaseKeys(DkimCase message) {
        this.message = message;
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        KeyAnswer answer = message.answer(name.toString());
        return CompletableFuture.completedFuture(
                answer instanceof Failure failure ? without(outcome(failure)) : found((Records) answer, name));
    }

    private static DnsOutcome outcome(Failure failure) {
        return switch (failure) {
            case NXDOMAIN -> DnsOutcome.NXDOMAIN;
            case SERVFAIL -> DnsOutcome.SERVFAIL;
            case TIMEOUT -> DnsOutcome.TIMEOUT;
        };
    }

    private static DnsAnswer found(Records answer, Name name) {
        List<Record> records = answer.texts().stream()
                .map(text -> Record.newRecord(name, Type.TXT, DClass.IN, 0, strings(text)))
                .toList();
        return records.isEmpty()
                ? without(DnsOutcome.NODATA)
                : new DnsAnswer(DnsOutcome.ANSWER, records, Duration.ZERO, "");
    }

    private static DnsAnswer without(DnsOutcome outcome) {
        return new DnsAnswer(outcome, List.of(), Duration.ZERO, "as the suite says");
    }

    /** The data of a TXT record. */
    private static byte[] strings(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int start = 0;
        do {
            int length = Math.min(MAX_STRING, bytes.length - start);
            data.write(length);
            data.write(bytes, start, length);
            start += length;
        } while (start < bytes.length);
        return data.toByteArray();
    }
}
