package org.slash64.enrichers.fcrdns;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Notations of IPv4 addresses in names. */
final class EmbeddedIpv4 {
    private static final int OCTETS = 4;
    /** Networks that name hosts by less than the whole address leave out the first octet. */
    private static final int ENOUGH = 3;

    private static final int MAX_DIGITS = 3;
    private static final String SEPARATORS = "-._x";

    private EmbeddedIpv4() {}

    /**
     * Decimal octets, with or without leading zeros, one of {@code -._x} between: the last three or all four, in either
     * order.
     */
    static boolean isIn(String host, byte[] address) {
        List<Integer> run = new ArrayList<>();
        int end = -1;
        for (int i = 0; i < host.length(); ) {
            if (!isDigit(host.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            while (i < host.length() && isDigit(host.charAt(i))) {
                i++;
            }
            if (end < 0 || start - end != 1 || SEPARATORS.indexOf(host.charAt(end)) < 0) {
                run.clear();
            }
            run.add(octet(host, start, i));
            end = i;
            if (endsWith(run, address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(List<Integer> run, byte[] address) {
        if (run.size() < ENOUGH) {
            return false;
        }
        boolean forward = true;
        boolean backward = true;
        for (int i = 0; i < ENOUGH; i++) {
            int octet = run.get(run.size() - ENOUGH + i);
            forward &= octet == (address[OCTETS - ENOUGH + i] & 0xff);
            backward &= octet == (address[OCTETS - 1 - i] & 0xff);
        }
        return forward || backward;
    }

    /** Negative where the digits are no octet. */
    private static int octet(String host, int start, int end) {
        return end - start <= MAX_DIGITS ? Integer.parseInt(host, start, end, 10) : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** All four octets without anything between: hexadecimal, and of three decimal digits each in either order. */
    static String[] unseparated(byte[] address) {
        StringBuilder forward = new StringBuilder();
        StringBuilder backward = new StringBuilder();
        for (int i = 0; i < OCTETS; i++) {
            forward.append(threeDigits(address[i] & 0xff));
            backward.append(threeDigits(address[OCTETS - 1 - i] & 0xff));
        }
        return new String[] {HexFormat.of().formatHex(address), forward.toString(), backward.toString()};
    }

    private static String threeDigits(int octet) {
        return "" + octet / 100 + octet / 10 % 10 + octet % 10;
    }
}
