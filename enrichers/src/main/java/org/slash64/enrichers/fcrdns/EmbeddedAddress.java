package org.slash64.enrichers.fcrdns;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Finds a client's address in a name. Enough of it must be there that chance is no explanation: three octets of IPv4,
 * 64 bits of IPv6.
 */
final class EmbeddedAddress {
    private EmbeddedAddress() {}

    /** Whether the address is in a name's host part, which is in lower case. */
    static boolean isIn(String host, InetAddress client) {
        byte[] address = client.getAddress();
        return client instanceof Inet4Address
                ? EmbeddedIpv4.isIn(host, address) || contains(squeezed(host), EmbeddedIpv4.unseparated(address))
                : EmbeddedIpv6.isIn(host, address) || contains(squeezed(host), EmbeddedIpv6.unseparated(address));
    }

    private static boolean contains(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private static String squeezed(String host) {
        StringBuilder text = new StringBuilder(host.length());
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '-' && c != '.' && c != '_') {
                text.append(c);
            }
        }
        return text.toString();
    }
}
