package org.slash64.connectors.log;

import java.util.Locale;

/** Names of logging hosts: one text for a host, however the parts of a log or a shipper write it. */
public final class SyslogHost {

    /** The longest name that is taken for one. RFC 5424 section 6. */
    public static final int MAX_CHARACTERS = 255;

    /** What RFC 5424 section 6.2.4 writes for a host that is not known. */
    private static final String NIL = "-";

    private SyslogHost() {}

    /** The first label in lower case; an address has no labels and stays whole. */
    public static String shortened(String host) {
        int dot = host.indexOf('.');
        String label = dot <= 0 || isAddress(host) ? host : host.substring(0, dot);
        return label.toLowerCase(Locale.ROOT);
    }

    private static boolean isAddress(String host) {
        if (host.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) != '.' && !Cursor.isDigit(host.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** True where the text names a host: neither nothing, nor a stand-in for nothing, nor what cannot be a name. */
    public static boolean isNamed(String host) {
        if (host.isEmpty() || host.length() > MAX_CHARACTERS || host.equals(NIL)) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) == ' ' || Character.isISOControl(host.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
