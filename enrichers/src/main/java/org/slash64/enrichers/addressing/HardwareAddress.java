package org.slash64.enrichers.addressing;

import java.util.HexFormat;

/**
 * The 48-bit address of an interface, as its EUI-64 identifier has it.
 *
 * @param text as {@code 00:00:5e:00:53:01}
 * @param universal whether its manufacturer assigned it, so that the first three bytes are the manufacturer's OUI;
 *     virtual machines mostly have local ones
 */
public record HardwareAddress(String text, boolean universal) {
    /** In the first byte: inverted in an interface identifier (RFC 4291 section 2.5.1). */
    private static final int LOCAL = 0x02;

    private static final int OUI_TEXT = 8;

    /** The first three bytes, as {@code 00:00:5e}. */
    public String oui() {
        return text.substring(0, OUI_TEXT);
    }

    /** Of an identifier with ff:fe in the middle. */
    static HardwareAddress of(long eui64) {
        byte first = (byte) (eui64 >>> 56 ^ LOCAL);
        byte[] address = {
            first,
            (byte) (eui64 >>> 48),
            (byte) (eui64 >>> 40),
            (byte) (eui64 >>> 16),
            (byte) (eui64 >>> 8),
            (byte) eui64
        };
        String text = HexFormat.ofDelimiter(":").formatHex(address);
        return new HardwareAddress(text, (first & LOCAL) == 0);
    }
}
