package org.slash64.testkit.dns;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The records of a master file (RFC 1035 section 5), taken as one flat set: the zones of a file may be many, and NS
 * records inside them delegate nothing. {@code $INCLUDE} is refused. Immutable.
 */
public final class ZoneData implements Zone {
    /** Keeps a runaway {@code $GENERATE} from filling the heap. */
    public static final int MAX_RECORDS = 2_000_000;

    /** CNAME records followed in one answer; a loop ends here. */
    public static final int MAX_CNAME_LINKS = 16;

    /** Type and class: RFC 1035 section 4.1.3. */
    private static final int TTL_AFTER_NAME = 4;

    /** By owner and type, no record twice, all of one TTL (RFC 2181 sections 5 and 5.2). */
    private final Map<Name, Map<Integer, List<Record>>> sets = new HashMap<>();
    /** Owners and everything above them: a name with names below it exists (RFC 8020), though it has no records. */
    private final Set<Name> existing = new HashSet<>();

    private ZoneData(List<Record> records) {
        existing.add(Name.root);
        records.forEach(this::add);
        sets.values().forEach(at -> at.replaceAll((type, set) -> set.size() == 1 ? List.of(set.get(0)) : merged(set)));
    }

    /** Of these records. */
    public static ZoneData of(List<Record> records) {
        return new ZoneData(records);
    }

    /** Reads a master file. */
    public static ZoneData parse(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return parse(in, file.toString());
        }
    }

    /** Reads the text of a master file; errors name it {@code zone}. */
    public static ZoneData parse(String text) throws ZoneFormatException {
        return parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "zone");
    }

    private static ZoneData parse(InputStream in, String source) throws ZoneFormatException {
        try (Master master = new Master(in, Name.root)) {
            master.disableIncludes(true);
            return new ZoneData(readAll(master));
        } catch (IOException | RuntimeException e) {
            throw new ZoneFormatException(located(source, String.valueOf(e.getMessage())), e);
        }
    }

    private static List<Record> readAll(Master master) throws IOException {
        List<Record> records = new ArrayList<>();
        for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
            if (records.size() == MAX_RECORDS) {
                throw new IOException("more than " + MAX_RECORDS + " records");
            }
            records.add(record);
        }
        return records;
    }

    /** The master file reader says {@code <none>:LINE: reason} of a stream. */
    private static String located(String source, String message) {
        int colon = message.indexOf(':');
        return message.startsWith("<") && colon > 0 ? source + message.substring(colon) : source + ": " + message;
    }

    private void add(Record record) {
        if (record.getDClass() != DClass.IN) {
            throw new IllegalArgumentException(record + ": only class IN is served");
        }
        sets.computeIfAbsent(record.getName(), name -> new HashMap<>())
                .computeIfAbsent(record.getType(), type -> new ArrayList<>())
                .add(record);
        for (Name name = record.getName(); existing.add(name) && name.labels() > 1; ) {
            name = new Name(name, 1);
        }
    }

    private static List<Record> merged(List<Record> set) {
        long least = set.stream().mapToLong(Record::getTTL).min().orElseThrow();
        return set.stream().distinct().map(record -> withTtl(record, least)).toList();
    }

    /** The library keeps its own way to change a TTL to itself, but for what comes over the wire. */
    private static Record withTtl(Record record, long ttl) {
        if (record.getTTL() == ttl) {
            return record;
        }
        byte[] wire = record.toWire(Section.ANSWER);
        ByteBuffer.wrap(wire).putInt(record.getName().length() + TTL_AFTER_NAME, (int) ttl);
        try {
            return Record.fromWire(wire, Section.ANSWER);
        } catch (IOException e) {
            throw new IllegalStateException("a record that was written does not parse", e);
        }
    }

    /** The number of names that own records. */
    public int names() {
        return sets.size();
    }

    /** Answers one question (RFC 1034 section 4.3.2, wildcards by RFC 4592). */
    @Override
    public ZoneAnswer lookup(Name name, int type) {
        List<Record> answers = new ArrayList<>();
        Name owner = name;
        for (int links = 0; links <= MAX_CNAME_LINKS; links++) {
            Optional<Map<Integer, List<Record>>> found = find(owner);
            if (found.isEmpty()) {
                return missing(owner, answers);
            }
            List<Record> records = matching(found.get(), type, owner);
            answers.addAll(records);
            Optional<Name> next = records.isEmpty() ? alias(found.get(), owner, answers) : Optional.empty();
            if (next.isEmpty()) {
                return new ZoneAnswer(Rcode.NOERROR, answers, records.isEmpty() ? soaFor(owner) : List.of());
            }
            owner = next.get();
        }
        return new ZoneAnswer(Rcode.NOERROR, answers, List.of());
    }

    /** The target of a CNAME outside this data is for the client to ask for elsewhere. */
    private ZoneAnswer missing(Name owner, List<Record> answers) {
        List<Record> authority = soaFor(owner);
        boolean elsewhere = !answers.isEmpty() && authority.isEmpty();
        return new ZoneAnswer(elsewhere ? Rcode.NOERROR : Rcode.NXDOMAIN, answers, authority);
    }

    private Optional<Map<Integer, List<Record>>> find(Name name) {
        if (existing.contains(name)) {
            return Optional.of(sets.getOrDefault(name, Map.of()));
        }
        Name encloser = name;
        while (encloser.labels() > 1 && !existing.contains(encloser)) {
            encloser = new Name(encloser, 1);
        }
        return Optional.ofNullable(sets.get(asterisk(name, encloser)));
    }

    private static Name asterisk(Name name, Name encloser) {
        return name.wild(name.labels() - encloser.labels());
    }

    private static List<Record> matching(Map<Integer, List<Record>> at, int type, Name owner) {
        List<Record> records = new ArrayList<>();
        at.forEach((held, set) -> {
            if (type == held || type == Type.ANY) {
                set.forEach(record -> records.add(owned(record, owner)));
            }
        });
        return records;
    }

    private static Optional<Name> alias(Map<Integer, List<Record>> at, Name owner, List<Record> answers) {
        List<Record> set = at.get(Type.CNAME);
        if (set == null) {
            return Optional.empty();
        }
        answers.add(owned(set.get(0), owner));
        return Optional.of(((CNAMERecord) set.get(0)).getTarget());
    }

    /** A record of a wildcard takes the name that was asked for. */
    private static Record owned(Record record, Name owner) {
        return record.getName().isWild() ? record.withName(owner) : record;
    }

    private List<Record> soaFor(Name name) {
        for (Name apex = name; ; apex = new Name(apex, 1)) {
            List<Record> soa = sets.getOrDefault(apex, Map.of()).get(Type.SOA);
            if (soa != null) {
                return List.of(negative((SOARecord) soa.get(0)));
            }
            if (apex.labels() <= 1) {
                return List.of();
            }
        }
    }

    /** RFC 2308 section 3: in negative answers the SOA's TTL is the lesser of its own and MINIMUM. */
    private static Record negative(SOARecord soa) {
        long ttl = Math.min(soa.getTTL(), soa.getMinimum());
        return new SOARecord(
                soa.getName(),
                soa.getDClass(),
                ttl,
                soa.getHost(),
                soa.getAdmin(),
                soa.getSerial(),
                soa.getRefresh(),
                soa.getRetry(),
                soa.getExpire(),
                soa.getMinimum());
    }
}
