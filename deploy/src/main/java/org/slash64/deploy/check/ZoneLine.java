package org.slash64.deploy.check;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slash64.schemas.Address;
import org.xbill.DNS.ReverseMap;

/** Records as lines of a zone file (RFC 1035 section 5.1), with absolute names and no TTL. */
final class ZoneLine {
    /** RFC 1035 section 3.3: a character-string. */
    private static final int MAX_STRING = 255;

    private ZoneLine() {}

    static String ptr(Address address, String name) {
        return ReverseMap.fromAddress(address.toInetAddress()) + " IN PTR " + name + ".";
    }

    static String address(String name, Address address) {
        return name + ". IN " + (address.v6() ? "AAAA " : "A ") + address;
    }

    static List<String> addresses(String name, List<Address> addresses) {
        return addresses.stream().map(address -> address(name, address)).toList();
    }

    static String mx(String domain, int preference, String target) {
        return domain + ". IN MX " + preference + " " + target + ".";
    }

    /** A long text is several strings, which readers put together without anything between. */
    static String txt(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder line = new StringBuilder(name).append(". IN TXT");
        for (int from = 0; from < bytes.length; from += MAX_STRING) {
            line.append(" \"");
            for (int i = from; i < Math.min(bytes.length, from + MAX_STRING); i++) {
                append(line, bytes[i] & 0xff);
            }
            line.append('"');
        }
        return line.toString();
    }

    private static void append(StringBuilder line, int octet) {
        if (octet == '"' || octet == '\\') {
            line.append('\\').append((char) octet);
        } else if (octet >= ' ' && octet < 0x7f) {
            line.append((char) octet);
        } else {
            line.append('\\').append(octet / 100).append(octet / 10 % 10).append(octet % 10);
        }
    }
}
