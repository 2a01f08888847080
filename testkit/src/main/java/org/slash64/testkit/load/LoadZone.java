package org.slash64.testkit.load;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slash64.schemas.Address;
import org.slash64.testkit.dns.Zone;
import org.slash64.testkit.dns.ZoneAnswer;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * What DNS says about a load: names of its clients and their addresses, mail exchangers, SPF and DKIM keys of its domains.
 * Nothing is held but the keys; records follow from names. Safe for use by several threads.
 */
public final class LoadZone implements Zone {

    private static final int TTL = 3_600;
    private static final String KEY_LABEL = "_domainkey";
    private static final int MX_PREFERENCE = 10;

    /** With what there is none of, so that this may be cached. */
    private static final Record SOA =
            new SOARecord(Name.root, DClass.IN, TTL, Name.root, Name.root, 1, TTL, TTL, TTL, TTL);

    private static final List<Integer> TYPES = List.of(Type.PTR, Type.A, Type.AAAA, Type.MX, Type.TXT);

    /** RFC 1035 section 3.3. */
    private static final int MAX_STRING = 255;

    private final Mix mix;
    private final Keys keys;

    public LoadZone(Mix mix) {
        this.mix = mix;
        this.keys = new Keys(mix.seed());
    }

    Mix mix() {
        return mix;
    }

    Keys keys() {
        return keys;
    }

    /** The record of the type at the name; empty where there is none. No name has two of a type. */
    public Optional<Record> record(Name name, int type) {
        return switch (type) {
            case Type.PTR -> pointer(name);
            case Type.A, Type.AAAA ->
                Clients.address(text(name), mix.domains())
                        .filter(address -> address.v6() == (type == Type.AAAA))
                        .map(address -> address(name, address));
            case Type.MX -> domain(name).map(number -> new MXRecord(name, DClass.IN, TTL, MX_PREFERENCE, name));
            case Type.TXT -> text(name, text(name));
            default -> Optional.empty();
        };
    }

    @Override
    public ZoneAnswer lookup(Name name, int type) {
        List<Record> found = record(name, type).stream().toList();
        boolean exists = !found.isEmpty()
                || TYPES.stream().anyMatch(other -> record(name, other).isPresent());
        return new ZoneAnswer(
                exists ? Rcode.NOERROR : Rcode.NXDOMAIN, found, found.isEmpty() ? List.of(SOA) : List.of());
    }

    private Optional<Record> pointer(Name name) {
        try {
            Address client = Address.ofBytes(ReverseMap.fromName(name).getAddress());
            return Clients.name(client, mix.domains())
                    .map(host -> new PTRRecord(name, DClass.IN, TTL, Name.fromConstantString(host + ".")));
        } catch (UnknownHostException e) {
            return Optional.empty(); // no name of an address
        }
    }

    private static Record address(Name name, Address address) {
        InetAddress inet = address.toInetAddress();
        return address.v6() ? new AAAARecord(name, DClass.IN, TTL, inet) : new ARecord(name, DClass.IN, TTL, inet);
    }

    private Optional<Integer> domain(Name name) {
        return Optional.of(Domains.number(text(name), mix.domains())).filter(number -> number >= 0);
    }

    private Optional<Record> text(Name name, String text) {
        int label = text.indexOf("." + KEY_LABEL + ".");
        if (label < 0) {
            return domain(name).map(number -> text(name, List.of(Domains.spf(number))));
        }
        int number = Domains.number(text.substring(label + KEY_LABEL.length() + 2), mix.domains());
        return number >= 0 && Domains.selector(number).equals(text.substring(0, label))
                ? Optional.of(text(name, strings(keys.record(number % Domains.KEYS))))
                : Optional.empty();
    }

    private static Record text(Name name, List<String> strings) {
        return new TXTRecord(name, DClass.IN, TTL, strings);
    }

    private static List<String> strings(String text) {
        return text.length() <= MAX_STRING
                ? List.of(text)
                : List.of(text.substring(0, MAX_STRING), text.substring(MAX_STRING));
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }
}
