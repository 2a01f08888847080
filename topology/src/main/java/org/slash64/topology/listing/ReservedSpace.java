package org.slash64.topology.listing;

import java.util.List;
import java.util.stream.Stream;
import org.slash64.schemas.Prefix;

/** Address space that is never listed, because it is nobody's, everybody's or our own. */
public final class ReservedSpace {

    /** RFC 6890, RFC 4291, RFC 6052 (NAT64), RFC 4380 (Teredo), RFC 3056 and RFC 7526 (6to4). */
    private static final List<Prefix> RESERVED = prefixes(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/8",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",
            "2002::/16",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8");

    /** RFC 5737, RFC 3849 and RFC 9637. */
    private static final List<Prefix> DOCUMENTATION =
            prefixes("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20");

    private final List<Prefix> reserved;

    /** @param withoutDocumentation true where documentation prefixes count as any other */
    public ReservedSpace(boolean withoutDocumentation) {
        reserved = withoutDocumentation
                ? RESERVED
                : Stream.concat(RESERVED.stream(), DOCUMENTATION.stream()).toList();
    }

    /** True where the prefix touches reserved space. */
    public boolean touches(Prefix prefix) {
        return reserved.stream().anyMatch(space -> space.contains(prefix) || prefix.contains(space));
    }

    private static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(text -> Prefix.parse(text).orElseThrow()).toList();
    }
}
