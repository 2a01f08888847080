package org.slash64.deploy.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.Address;

/** The record that a domain should have in place of the one it has, with all changes that are asked for. */
final class SpfRepair {
    /** Addresses that a term is replaced by. */
    private static final int MAX_REPLACED = 8;

    private final SpfFacts facts;
    private final Map<Address, SpfResult> senders;

    SpfRepair(SpfFacts facts, Map<Address, SpfResult> senders) {
        this.facts = facts;
        this.senders = senders;
    }

    /** Empty where nothing is to change, and where there is no record, or none that can be given back. */
    Optional<String> text() {
        List<Address> missing = senders.entrySet().stream()
                .filter(entry -> isMissing(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return facts.published()
                .text()
                .map(text -> facts.hasManyVoidLookups() ? withoutVoids(text) : text)
                .map(text -> isOpen() ? closed(text) : text)
                .map(text -> SpfText.adding(text, missing))
                .filter(text -> !facts.published().text().equals(Optional.of(text)));
    }

    /** Each term that is void for a family replaced by the addresses it means today. */
    private String withoutVoids(String text) {
        String changed = text;
        for (NamedHosts source : facts.sources()) {
            List<Address> addresses = source.addresses();
            if (source.isVoidForAFamily() && addresses.size() <= MAX_REPLACED) {
                changed = SpfText.replacing(changed, source.source().directive(), addresses);
            }
        }
        return changed;
    }

    /** Where the record redirects, another one is what is open. */
    private boolean isOpen() {
        return facts.isEvaluated()
                && !facts.isRedirected()
                && switch (facts.lenient().status()) {
                    case PASS, NEUTRAL -> true;
                    case FAIL, SOFTFAIL, NONE, TEMPERROR, PERMERROR -> false;
                };
    }

    private String closed(String text) {
        SpfResult other = facts.lenient();
        String directive = other.path().isEmpty() ? "" : other.path().get(0).directive();
        return SpfText.closed(SpfText.without(text, directive));
    }

    /** Whether naming a client in the record would let it pass. */
    static boolean isMissing(SpfResult result) {
        return switch (result.status()) {
            case FAIL, SOFTFAIL, NEUTRAL -> true;
            case PERMERROR -> result.voidLimit();
            case PASS, NONE, TEMPERROR -> false;
        };
    }
}
