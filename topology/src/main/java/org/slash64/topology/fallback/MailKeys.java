package org.slash64.topology.fallback;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slash64.schemas.DomainRole;
import org.slash64.schemas.DomainVerdict;
import org.slash64.schemas.Sha256;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;

/**
 * By what the same mail is known when it comes again from another address: its envelope sender together with its Message-ID,
 * and, for where no Message-ID is seen, its envelope sender alone. The null sender stands for the organisational domain of the
 * host that sends. Keys are hashes, so that states name nobody.
 */
final class MailKeys {

    /** 128 bits, so that no two mails come to the same. */
    private static final int DIGITS = 32;

    private static final String NULL_SENDER = "";

    private MailKeys() {}

    /** The key that tells most; empty where there is none. */
    static Optional<String> best(SmtpVerdict verdict) {
        return all(verdict).stream().findFirst();
    }

    /** All keys, the one that tells most first. */
    static Set<String> all(SmtpVerdict verdict) {
        SmtpEvent event = verdict.getEvent();
        Set<String> keys = new LinkedHashSet<>();
        String sender = event.getMailFrom();
        if (sender == null) {
            return keys;
        }
        String address = sender.toLowerCase(Locale.ROOT);
        if (event.getMessageId() != null) {
            keys.add(hash("message", address, event.getMessageId()));
        }
        if (address.equals(NULL_SENDER)) {
            host(verdict.getDomains()).ifPresent(domain -> keys.add(hash("host", domain)));
        } else {
            keys.add(hash("sender", address));
        }
        return keys;
    }

    /** By its reverse DNS, which IPv4 logs have, or else by its HELO. */
    private static Optional<String> host(List<DomainVerdict> domains) {
        return organisational(domains, DomainRole.PTR).or(() -> organisational(domains, DomainRole.HELO));
    }

    private static Optional<String> organisational(List<DomainVerdict> domains, DomainRole role) {
        return domains.stream()
                .filter(domain -> domain.getRoles().contains(role) && domain.getOrganisationalDomain() != null)
                .map(DomainVerdict::getOrganisationalDomain)
                .sorted()
                .findFirst();
    }

    private static String hash(String... parts) {
        return Sha256.hex(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }
}
