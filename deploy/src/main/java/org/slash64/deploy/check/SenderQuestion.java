package org.slash64.deploy.check;

import java.util.List;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.schemas.Address;

/**
 * What is known of a sender beside its domain or address.
 *
 * @param addresses that it sends from; where none is given they are sought in its SPF and MX records
 * @param heloNames what its hosts call themselves; where none is given the confirmed PTR names stand for them
 * @param selectors of its DKIM keys
 */
public record SenderQuestion(List<Address> addresses, List<DomainName> heloNames, List<String> selectors) {
    /** Refuses more than the {@link CheckLimits}. */
    public SenderQuestion {
        addresses = List.copyOf(addresses);
        heloNames = List.copyOf(heloNames);
        selectors = List.copyOf(selectors);
        if (addresses.size() > CheckLimits.MAX_ADDRESSES
                || heloNames.size() > CheckLimits.MAX_HELO_NAMES
                || selectors.size() > CheckLimits.MAX_SELECTORS) {
            throw new IllegalArgumentException("too many addresses, names or selectors");
        }
    }
}
