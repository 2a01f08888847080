package org.slash64.enrichers.fcrdns;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.slash64.enrichers.domain.PublicSuffixes;

/**
 * Finds the signs of draft-msullivan-dnsop-generic-naming-schemes in names. Only what stands before the organisational
 * domain counts, so {@code pool.example.org} has a sign and {@code ntp.pool.org} has none; by the ICANN section of the
 * Public Suffix List, since clouds and access providers list the very names that they hand out. Words count when they are
 * all the letters between two characters that are none: {@code dyn-12} and {@code dhcp7}, but neither {@code dynamo} nor
 * {@code carpool}.
 */
final class GenericNames {
    private GenericNames() {}

    /**
     * Looks at a name.
     *
     * @param name in lower case without the dot at the end
     * @return empty for a name that does not look generic
     */
    static Optional<GenericName> of(String name, InetAddress client) {
        if (!isGeneric(signs(name, client))) { // then its host part is not either, and need not be found
            return Optional.empty();
        }
        Map<GenericSign, String> found = signs(host(name), client);
        return isGeneric(found) ? Optional.of(new GenericName(name, found.keySet(), reason(found))) : Optional.empty();
    }

    private static Map<GenericSign, String> signs(String host, InetAddress client) {
        Map<GenericSign, String> found = new EnumMap<>(GenericSign.class);
        if (EmbeddedAddress.isIn(host, client)) {
            found.put(GenericSign.ADDRESS, GenericSign.ADDRESS.text());
        }
        collectWords(host, found);
        return found;
    }

    private static boolean isGeneric(Map<GenericSign, String> found) {
        return found.size() > (found.containsKey(GenericSign.STATIC) ? 1 : 0);
    }

    private static String host(String name) {
        Optional<String> organisation = PublicSuffixes.of(name).icannOrganisational();
        return organisation.isEmpty()
                ? name
                : name.substring(
                        0, Math.max(0, name.length() - organisation.get().length() - 1));
    }

    private static void collectWords(String host, Map<GenericSign, String> found) {
        int start = -1;
        for (int i = 0; i <= host.length(); i++) {
            boolean letter = i < host.length() && host.charAt(i) >= 'a' && host.charAt(i) <= 'z';
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                String word = host.substring(start, i);
                GenericSign.of(word).ifPresent(sign -> found.putIfAbsent(sign, sign.text() + " (" + word + ")"));
                start = -1;
            }
        }
    }

    private static String reason(Map<GenericSign, String> found) {
        StringJoiner reason = new StringJoiner(", ");
        found.values().forEach(reason::add);
        return reason.toString();
    }
}
