package org.slash64.connectors.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

/**
 * Values by prefix, to be asked for what holds an address. One thread writes; any number read, without locks and without
 * waiting for it. About 40 bytes an entry beside its value; a look-up takes one probe for each prefix length that occurs.
 *
 * @param <V> type of the values
 */
public final class PrefixTable<V> {

    /** The tables of one family, each of one prefix length, the longest first; replaced when a length is new. */
    private volatile List<PrefixesOfLength<V>> v4 = List.of();

    private volatile List<PrefixesOfLength<V>> v6 = List.of();

    /** Sets the value of a prefix. */
    public void put(Prefix prefix, V value) {
        table(prefix).put(high(prefix.address()), low(prefix.address()), value);
    }

    /** Forgets a prefix. */
    public void remove(Prefix prefix) {
        table(prefix).remove(high(prefix.address()), low(prefix.address()));
    }

    /** The value of this prefix, not of others that hold it. */
    public Optional<V> get(Prefix prefix) {
        return Optional.ofNullable(table(prefix).get(high(prefix.address()), low(prefix.address())));
    }

    private PrefixesOfLength<V> table(Prefix prefix) {
        for (PrefixesOfLength<V> table : family(prefix.address())) {
            if (table.length() == prefix.length()) {
                return table;
            }
        }
        return newTable(prefix);
    }

    private PrefixesOfLength<V> newTable(Prefix prefix) {
        PrefixesOfLength<V> table = new PrefixesOfLength<>(prefix.length());
        List<PrefixesOfLength<V>> tables = new ArrayList<>(family(prefix.address()));
        tables.add(table);
        tables.sort((one, other) -> Integer.compare(other.length(), one.length()));
        if (prefix.address().v6()) {
            v6 = List.copyOf(tables);
        } else {
            v4 = List.copyOf(tables);
        }
        return table;
    }

    private List<PrefixesOfLength<V>> family(Address address) {
        return address.v6() ? v6 : v4;
    }

    /** The value of the longest prefix that holds the address. */
    public Optional<V> longest(Address address) {
        for (PrefixesOfLength<V> table : family(address)) {
            V value = table.get(high(address), low(address));
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The values of all prefixes that hold the address, the longest first. */
    public List<V> all(Address address) {
        List<V> values = List.of();
        for (PrefixesOfLength<V> table : family(address)) {
            V value = table.get(high(address), low(address));
            if (value != null) {
                values = values.isEmpty() ? new ArrayList<>() : values;
                values.add(value);
            }
        }
        return values;
    }

    /** How many prefixes have values. */
    public int size() {
        return Arrays.asList(v4, v6).stream()
                .flatMap(List::stream)
                .mapToInt(PrefixesOfLength::size)
                .sum();
    }

    /** IPv4 addresses stand in the first bits, so that both families are masked alike. */
    private static long high(Address address) {
        return address.v6() ? address.high() : address.low() << 32;
    }

    private static long low(Address address) {
        return address.v6() ? address.low() : 0;
    }
}
