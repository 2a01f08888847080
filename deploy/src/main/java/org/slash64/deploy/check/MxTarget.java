package org.slash64.deploy.check;

import java.util.List;
import java.util.Optional;
import org.slash64.schemas.Address;

/**
 * A host that a domain's mail goes to.
 *
 * @param preference lowest first; 0 for a domain without MX, which is its own host (RFC 5321 section 5.1)
 * @param name without the dot at the end
 * @param v4 its IPv4 addresses, in the server's order
 * @param v6 its IPv6 addresses
 * @param alias the name that its CNAME leads to, which it must not have (RFC 2181 section 10.3)
 * @param unanswered why DNS could not say its addresses; empty where it could
 */
record MxTarget(
        int preference,
        String name,
        List<Address> v4,
        List<Address> v6,
        Optional<String> alias,
        Optional<String> unanswered) {
    MxTarget {
        v4 = List.copyOf(v4);
        v6 = List.copyOf(v6);
    }
}
