package org.slash64.deploy.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slash64.schemas.Address;

/**
 * The addresses of a host.
 *
 * @param unanswered why DNS could not say them all; empty where it could
 */
record HostAddresses(List<Address> v4, List<Address> v6, Optional<String> unanswered) {
    HostAddresses {
        v4 = List.copyOf(v4);
        v6 = List.copyOf(v6);
    }

    List<Address> all() {
        return Stream.concat(v6.stream(), v4.stream()).toList();
    }
}
