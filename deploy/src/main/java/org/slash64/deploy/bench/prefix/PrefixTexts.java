package org.slash64.deploy.bench.prefix;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

/** What both sides do: an address as logs have it becomes the text of each prefix that is counted. */
final class PrefixTexts {

    private PrefixTexts() {}

    static List<String> slash64(String address) {
        List<String> texts = new ArrayList<>(3);
        for (Prefix prefix : Prefix.levels(Address.parse(address).orElseThrow())) {
            texts.add(prefix.toString());
        }
        return texts;
    }

    /** As one writes it with what is at hand; Guava's parser asks no DNS, and its text is RFC 5952's. */
    static List<String> guava(String address) {
        byte[] bytes = InetAddresses.forString(address).getAddress();
        List<String> texts = new ArrayList<>(3);
        for (int length : bytes.length == 4 ? Prefix.LEVELS_V4 : Prefix.LEVELS_V6) {
            texts.add(InetAddresses.toAddrString(masked(bytes, length)) + "/" + length);
        }
        return texts;
    }

    /** All levels end at a byte. */
    private static InetAddress masked(byte[] bytes, int length) {
        byte[] masked = new byte[bytes.length];
        System.arraycopy(bytes, 0, masked, 0, length / Byte.SIZE);
        try {
            return InetAddress.getByAddress(masked);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
