package org.slash64.topology.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

/**
 * Who sends: {@code 2001:db8::25}, {@code 10000 addresses of 2001:db8::/64}, or {@code one address in each of 200 /64 of
 * 2001:db8::/56}.
 */
final class Clients {

    private static final Pattern ADDRESSES = Pattern.compile("(\\d+) addresses of (\\S+)");
    private static final Pattern ONE_IN_EACH = Pattern.compile("one address in each of (\\d+) /(\\d+) of (\\S+)");

    private Clients() {}

    static List<Address> parse(String text) {
        Matcher addresses = ADDRESSES.matcher(text);
        if (addresses.matches()) {
            Prefix prefix = prefix(addresses.group(2));
            return first(Integer.parseInt(addresses.group(1)), prefix.address().bits(), prefix);
        }
        Matcher oneInEach = ONE_IN_EACH.matcher(text);
        if (oneInEach.matches()) {
            int length = Integer.parseInt(oneInEach.group(2));
            return first(Integer.parseInt(oneInEach.group(1)), length, prefix(oneInEach.group(3)));
        }
        return List.of(Address.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("is no address, nor \"N addresses of PREFIX\", nor"
                        + " \"one address in each of N /LENGTH of PREFIX\"")));
    }

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no prefix"));
    }

    /** In each of the first prefixes of a length, the address that ends in 1; of single addresses themselves, from 1 on. */
    private static List<Address> first(int count, int length, Prefix within) {
        Prefix.of(within.address(), length); // says where there is no such length
        List<Address> addresses = new ArrayList<>();
        boolean single = length == within.address().bits();
        IntStream.range(0, count).forEach(i -> addresses.add(nth(within, length, single ? i + 1 : i, single ? 0 : 1)));
        if (!within.contains(addresses.get(count - 1))) {
            throw new IllegalArgumentException(within + " has fewer than that");
        }
        return addresses;
    }

    private static Address nth(Prefix within, int length, long number, long host) {
        Address first = within.address();
        int shift = first.bits() - length;
        if (!first.v6()) {
            return Address.ofV4((int) (first.low() + (number << shift) + host));
        }
        return shift >= Long.SIZE
                ? Address.ofV6(first.high() + (number << (shift - Long.SIZE)), first.low() + host)
                : Address.ofV6(first.high(), first.low() + (number << shift) + host);
    }
}
