package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slash64.schemas.Address;

/** Writes SPF records (RFC 7208 section 12), from nothing or from one that is there. */
final class SpfText {
    private static final String VERSION = "v=spf1";
    private static final String LAST = "-all";

    private SpfText() {}

    /** For these addresses alone. */
    static String of(List<Address> addresses) {
        return VERSION + terms(addresses) + " " + LAST;
    }

    /** For the domain's mail hosts alone. */
    static String ofMailHosts() {
        return VERSION + " mx " + LAST;
    }

    /** For the addresses of the name itself. */
    static String ofItself() {
        return VERSION + " a " + LAST;
    }

    /** With these addresses first, so that nothing before them decides; the same terms after them are left out. */
    static String adding(String record, List<Address> addresses) {
        String extended = VERSION + terms(addresses) + record.substring(VERSION.length());
        return addresses.isEmpty() ? record : terms(extended).distinct().collect(Collectors.joining(" "));
    }

    /** With {@code -all} at the end, in place of another {@code all}. */
    static String closed(String record) {
        return terms(record).filter(term -> !isAll(term)).collect(Collectors.joining(" ")) + " " + LAST;
    }

    /** Without a term. */
    static String without(String record, String directive) {
        return terms(record).filter(term -> !term.equals(directive)).collect(Collectors.joining(" "));
    }

    /** With the addresses in place of a term. */
    static String replacing(String record, String directive, List<Address> addresses) {
        String listed = terms(addresses).strip();
        return terms(record).map(term -> term.equals(directive) ? listed : term).collect(Collectors.joining(" "));
    }

    /** All terms in one record; empty where a redirect or two different ends stand against it. */
    static Optional<String> merged(List<String> records) {
        List<String> all = records.stream().flatMap(SpfText::terms).distinct().toList();
        List<String> ends = all.stream().filter(SpfText::isAll).toList();
        boolean redirected =
                all.stream().anyMatch(term -> term.toLowerCase(Locale.ROOT).startsWith("redirect="));
        if (redirected || ends.size() > 1) {
            return Optional.empty();
        }
        List<String> terms = new ArrayList<>(List.of(VERSION));
        all.stream()
                .filter(term -> !isAll(term) && !term.equalsIgnoreCase(VERSION))
                .forEach(terms::add);
        terms.add(ends.isEmpty() ? LAST : ends.get(0));
        return Optional.of(String.join(" ", terms));
    }

    private static Stream<String> terms(String record) {
        return Stream.of(record.split(" ")).filter(term -> !term.isEmpty());
    }

    private static boolean isAll(String term) {
        return term.equalsIgnoreCase("all") || (term.length() == 4 && term.regionMatches(true, 1, "all", 0, 3));
    }

    private static String terms(List<Address> addresses) {
        return addresses.stream()
                .map(address -> (address.v6() ? " ip6:" : " ip4:") + address)
                .collect(Collectors.joining());
    }
}
