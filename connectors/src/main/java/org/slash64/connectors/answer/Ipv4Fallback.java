package org.slash64.connectors.answer;

import java.time.Instant;
import java.util.Optional;
import org.slash64.schemas.Address;

/** Whether an IPv6 client may be told to come over IPv4, by 421. Any thread; must not block. */
@FunctionalInterface
public interface Ipv4Fallback {

    /**
     * Asked once for each 421 that is about to be said.
     *
     * @param client over IPv6
     * @param mailFrom envelope sender without angle brackets; empty where it was not told yet
     * @return false where mail could be lost by it; then {@link Policy#insteadOf421} is done
     */
    boolean mayTell(Address client, Optional<String> mailFrom, Instant now);
}
