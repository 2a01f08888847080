package org.slash64.schemas;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose sessions are neither evaluated nor counted nor refused: those of the site's own users and networks.
 *
 * @param ownNetworks clients in these are the site's own or trusted relays
 */
public record Exemptions(List<Prefix> ownNetworks) {

    /** Copies the list. */
    public Exemptions {
        ownNetworks = List.copyOf(ownNetworks);
    }

    /** Loopback, private and link-local space. */
    public static Exemptions defaults() {
        return new Exemptions(Stream.of(
                        "127.0.0.0/8",
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "::1/128",
                        "fc00::/7",
                        "fe80::/10")
                .map(text -> Prefix.parse(text).orElseThrow())
                .toList());
    }

    /**
     * Why a session is exempt; empty where it counts.
     *
     * @param loggedIn true where the client authenticated itself by SASL
     * @param service of the mail server, as its logs name it
     * @param client empty where it has no address
     */
    public Optional<String> reason(boolean loggedIn, String service, Optional<Address> client) {
        if (loggedIn) {
            return Optional.of("sasl");
        }
        if (isSubmission(service)) {
            return Optional.of("submission");
        }
        return client.filter(address -> !isOwn(address)).isPresent() ? Optional.empty() : Optional.of("own-network");
    }

    private static boolean isSubmission(String service) {
        String name = service.toLowerCase(Locale.ROOT);
        return name.contains("submission") || name.contains("smtps");
    }

    private boolean isOwn(Address client) {
        for (Prefix own : ownNetworks) {
            if (own.contains(client)) {
                return true;
            }
        }
        return false;
    }
}
