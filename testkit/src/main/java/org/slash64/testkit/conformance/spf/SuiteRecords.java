package org.slash64.testkit.conformance.spf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Adds the records of one name; types that SPF never asks for are passed over. */
final class SuiteRecords {
    static final String TIMEOUT = "TIMEOUT";

    private static final String NONE = "NONE";
    private static final long TTL = 300;
    /** RFC 1035 section 3.3: octets of one character-string. */
    private static final int MAX_STRING = 255;
    /** RFC 1035 section 2.3.4. */
    private static final int MAX_LABEL = 63;

    private final Name owner;
    private final SuiteNode node;

    SuiteRecords(Name owner, SuiteNode node) {
        this.owner = owner;
        this.node = node;
    }

    /** A name as a suite writes it: labels with dots between, whatever they hold; empty for what DNS cannot carry. */
    static Optional<Name> name(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (String label : bare.isEmpty() ? new String[0] : bare.split("\\.", -1)) {
            byte[] octets = octets(label);
            if (octets.length == 0 || octets.length > MAX_LABEL) {
                return Optional.empty();
            }
            wire.write(octets.length);
            wire.writeBytes(octets);
        }
        wire.write(0);
        try {
            return Optional.of(new Name(wire.toByteArray()));
        } catch (IOException e) { // longer than 255 octets
            return Optional.empty();
        }
    }

    /**
     * Adds what an entry says.
     *
     * @param isList whether the suite has a list there, of which {@code values} are the items
     * @throws IllegalArgumentException when the value does not suit the type
     */
    void add(String typeName, boolean isList, List<String> values) {
        boolean spf = typeName.equalsIgnoreCase("SPF");
        int type = spf ? Type.TXT : Type.value(typeName.toUpperCase(Locale.ROOT));
        if (!isList && values.get(0).equals(TIMEOUT)) {
            node.timeOut(spf ? Type.SPF : type);
        } else if (!isList && values.get(0).equals(NONE) && type == Type.TXT) {
            if (!spf) {
                node.noTxt();
            }
        } else if (spf) {
            node.addTxtOfSpf(txt(values));
        } else if (type == Type.TXT) {
            node.add(txt(values));
        } else {
            record(type, values).ifPresent(node::add);
        }
    }

    private Optional<Record> record(int type, List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String last = values.get(values.size() - 1);
        return switch (type) {
            case Type.A -> Optional.of(new ARecord(owner, DClass.IN, TTL, address(last, Address.IPv4)));
            case Type.AAAA -> Optional.of(new AAAARecord(owner, DClass.IN, TTL, address(last, Address.IPv6)));
            case Type.MX -> name(last).map(host -> new MXRecord(owner, DClass.IN, TTL, preference(values), host));
            case Type.PTR -> name(last).map(host -> new PTRRecord(owner, DClass.IN, TTL, host));
            case Type.CNAME -> name(last).map(target -> new CNAMERecord(owner, DClass.IN, TTL, target));
            default -> Optional.empty();
        };
    }

    private static int preference(List<String> values) {
        return values.size() < 2 ? 0 : Integer.parseInt(values.get(0));
    }

    private static InetAddress address(String text, int family) {
        byte[] bytes = Address.toByteArray(text, family);
        if (bytes == null) {
            throw new IllegalArgumentException("no address: \"" + text + "\"");
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (IOException e) { // only for lengths other than 4 and 16
            throw new IllegalStateException(e);
        }
    }

    /** By way of the wire, as the text of a record in dnsjava cannot hold every octet plainly. */
    private Record txt(List<String> strings) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        strings.forEach(string -> string(data, octets(string)));
        byte[] wire = data.size() == 0 ? new byte[1] : data.toByteArray(); // RFC 1035: one string at least
        try {
            return Record.newRecord(owner, Type.TXT, DClass.IN, TTL, wire.length, wire);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("a well-formed record does not parse", e);
        }
    }

    private static void string(ByteArrayOutputStream data, byte[] octets) {
        int from = 0;
        do {
            int length = Math.min(MAX_STRING, octets.length - from);
            data.write(length);
            data.write(octets, from, length);
            from += length;
        } while (from < octets.length);
    }

    /** Code points are octets; what is no octet is not ASCII in UTF-8 either. */
    private static byte[] octets(String text) {
        boolean latin1 = text.chars().allMatch(c -> c <= 0xff);
        return text.getBytes(latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
