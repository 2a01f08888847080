package org.slash64.topology.enrich;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpEvent;

/**
 * Which events are neither evaluated nor counted: those of the site's own users and networks.
 *
 * @param ownNetworks clients in these are the site's own or trusted relays
 */
public record Exemptions(List<Prefix> ownNetworks) {

    /** Loopback, private and link-local space. */
    public static Exemptions defaults() {
        return new Exemptions(
                List.of(
                                "127.0.0.0/8",
                                "10.0.0.0/8",
                                "172.16.0.0/12",
                                "192.168.0.0/16",
                                "::1/128",
                                "fc00::/7",
                                "fe80::/10")
                        .stream()
                        .map(text -> Prefix.parse(text).orElseThrow())
                        .toList());
    }

    /** Why the event is exempt; empty where it counts. */
    Optional<String> reason(SmtpEvent event, Optional<Address> client) {
        if (event.getSaslMethod() != null) {
            return Optional.of("sasl");
        }
        String service = event.getService().toLowerCase(Locale.ROOT);
        if (service.contains("submission") || service.contains("smtps")) {
            return Optional.of("submission");
        }
        return client.isPresent() && ownNetworks.stream().noneMatch(own -> own.contains(client.get()))
                ? Optional.empty()
                : Optional.of("own-network");
    }
}
