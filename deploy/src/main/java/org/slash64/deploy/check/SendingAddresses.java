package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slash64.schemas.Address;

/**
 * Which addresses a domain sends from, as far as its own records tell.
 *
 * @param named those that its SPF record means, or that were given
 * @param received those of its MX targets alone; they may send too
 * @param notes what could not be told
 */
record SendingAddresses(List<Address> named, List<Address> received, List<String> notes) {
    SendingAddresses {
        named = List.copyOf(named);
        received = List.copyOf(received);
        notes = List.copyOf(notes);
    }

    static SendingAddresses of(SenderQuestion question, SpfFacts facts, MxSet mx) {
        return question.addresses().isEmpty()
                ? sought(facts, mx)
                : new SendingAddresses(question.addresses(), List.of(), List.of());
    }

    private static SendingAddresses sought(SpfFacts facts, MxSet mx) {
        List<String> notes = new ArrayList<>();
        Set<Address> named = new LinkedHashSet<>();
        for (NamedHosts source : facts.sources()) {
            named.addAll(source.addresses());
            if (source.isUntold()) {
                notes.add(source.source().directive()
                        + ": its hosts were not looked at; name those that send with --address");
            }
        }
        Set<Address> received = new LinkedHashSet<>(mx.v6());
        received.addAll(mx.v4());
        received.removeAll(named);
        if (named.size() + received.size() > CheckLimits.MAX_ADDRESSES) {
            notes.add((named.size() + received.size() - CheckLimits.MAX_ADDRESSES)
                    + " more addresses were not looked at; name those that send with --address");
        }
        List<Address> first = named.stream().limit(CheckLimits.MAX_ADDRESSES).toList();
        return new SendingAddresses(
                first,
                received.stream()
                        .limit(CheckLimits.MAX_ADDRESSES - first.size())
                        .toList(),
                notes);
    }
}
