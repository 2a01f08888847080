package org.slash64.deploy.check;

import java.util.List;
import java.util.stream.Stream;
import org.slash64.enrichers.spf.SpfSource;
import org.slash64.schemas.Address;

/**
 * A mechanism, and the hosts it names.
 *
 * @param hosts of {@code a} one, of {@code mx} each target, of others none
 */
record NamedHosts(SpfSource source, List<HostAddresses> hosts) {
    NamedHosts {
        hosts = List.copyOf(hosts);
    }

    /** The single addresses that it means. */
    List<Address> addresses() {
        Stream<Address> named = hosts.stream().flatMap(host -> host.all().stream());
        return source instanceof SpfSource.Addresses network && network.single()
                ? List.of(Address.ofBytes(network.first().getAddress()))
                : named.distinct().toList();
    }

    /** Whether clients of one family make a void lookup of it: a host has addresses of the other alone. */
    boolean isVoidForAFamily() {
        return hosts.stream().anyMatch(host -> host.v6().isEmpty() != host.v4().isEmpty());
    }

    /** Whether it means other clients than single addresses, or those of another domain: they cannot be told. */
    boolean isUntold() {
        return hosts.isEmpty() && addresses().isEmpty();
    }
}
