package org.slash64.enrichers.spf;

import java.io.ByteArrayOutputStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * DNS out of any text. A line is a name, a type and data with spaces between; the name {@code *} stands for all that
 * no line has, and the type may be an outcome. Lines that are none of this mean nothing.
 */
final class FuzzedZone implements Dns {
    private static final long TTL = 60;
    private static final Name ANY = Name.fromConstantString("*.");
    private static final int MAX_STRING = 255;

    private final Map<Name, List<Record>> records = new HashMap<>();
    private final Map<Name, DnsOutcome> failures = new HashMap<>();
    private final boolean late;
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private int questions;

    /** Answers at once, or {@code late}: when {@link #answerAll()} is called. */
    FuzzedZone(List<String> lines, boolean late) {
        this.late = late;
        lines.forEach(this::add);
    }

    private void add(String line) {
        String[] words = line.split(" ", 3);
        if (words.length < 2) {
            return;
        }
        try {
            Name name = Name.fromString(words[0], Name.root);
            outcome(words[1]).ifPresent(outcome -> failures.put(name, outcome));
            record(name, words[1], words.length == 2 ? "" : words[2])
                    .ifPresent(record -> records.computeIfAbsent(name, owner -> new ArrayList<>())
                            .add(record));
        } catch (TextParseException | UnknownHostException | IllegalArgumentException e) {
            return; // no record
        }
    }

    private static Optional<DnsOutcome> outcome(String word) {
        return Arrays.stream(DnsOutcome.values())
                .filter(outcome ->
                        outcome != DnsOutcome.ANSWER && outcome.name().equals(word))
                .findFirst();
    }

    private static Optional<Record> record(Name name, String type, String data)
            throws TextParseException, UnknownHostException {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "TXT" -> Optional.of(txt(name, data));
            case "A" -> Optional.of(new ARecord(name, DClass.IN, TTL, Address.getByAddress(data, Address.IPv4)));
            case "AAAA" -> Optional.of(new AAAARecord(name, DClass.IN, TTL, Address.getByAddress(data, Address.IPv6)));
            case "MX" -> Optional.of(new MXRecord(name, DClass.IN, TTL, data.length(), target(data)));
            case "PTR" -> Optional.of(new PTRRecord(name, DClass.IN, TTL, target(data)));
            default -> Optional.empty();
        };
    }

    private static Name target(String data) throws TextParseException {
        return Name.fromString(data, Name.root);
    }

    /** Strings may have any bytes, so they go by the wire. */
    private static Record txt(Name name, String data) {
        byte[] bytes = data.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int start = 0; start == 0 || start < bytes.length; start += MAX_STRING) {
            int length = Math.min(MAX_STRING, bytes.length - start);
            wire.write(length);
            wire.write(bytes, start, length);
        }
        return Record.newRecord(name, Type.TXT, DClass.IN, TTL, wire.toByteArray());
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        questions++;
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        Runnable completion = () -> answer.complete(answer(name, type));
        if (late) {
            pending.add(completion);
        } else {
            completion.run();
        }
        return answer;
    }

    private DnsAnswer answer(Name name, int type) {
        boolean known = records.containsKey(name) || failures.containsKey(name);
        Name owner = known ? name : ANY;
        if (failures.containsKey(owner)) {
            return new DnsAnswer(failures.get(owner), List.of(), Duration.ZERO, "as the zone says");
        }
        List<Record> found = records.getOrDefault(owner, List.of()).stream()
                .filter(record -> record.getType() == type)
                .toList();
        return found.isEmpty()
                ? new DnsAnswer(known ? DnsOutcome.NODATA : DnsOutcome.NXDOMAIN, found, Duration.ZERO, "")
                : new DnsAnswer(DnsOutcome.ANSWER, found, Duration.ofSeconds(TTL), "");
    }

    /** Answers what was asked so far and what is asked because of that. */
    void answerAll() {
        for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
            next.run();
        }
    }

    int questions() {
        return questions;
    }
}
