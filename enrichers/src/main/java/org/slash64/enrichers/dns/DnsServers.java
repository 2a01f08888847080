package org.slash64.enrichers.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Address;
import org.xbill.DNS.ResolverConfig;

/** Where questions go: resolvers by address, never by name. */
public final class DnsServers {
    /** RFC 1035 section 4.2. */
    public static final int DEFAULT_PORT = 53;

    private static final int MAX_PORT = 65_535;

    private DnsServers() {}

    /** The resolvers of this system ({@code /etc/resolv.conf}), in order; never empty. */
    public static List<InetSocketAddress> ofSystem() {
        List<InetSocketAddress> servers = ResolverConfig.getCurrentConfig().servers();
        return servers.isEmpty()
                ? List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT))
                : List.copyOf(servers);
    }

    /** {@link #parse} for each text, in order. */
    public static List<InetSocketAddress> parseAll(List<String> texts) {
        List<InetSocketAddress> servers = new ArrayList<>();
        texts.forEach(text -> servers.add(parse(text)));
        return List.copyOf(servers);
    }

    /**
     * Reads {@code HOST:PORT}, where HOST is an IPv4 address or an IPv6 address in brackets; without a port it is 53.
     *
     * @throws IllegalArgumentException when the text is nothing of the kind
     */
    public static InetSocketAddress parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? DEFAULT_PORT : port(text, text.substring(colon + 1));
        return new InetSocketAddress(address(text, host), port);
    }

    private static InetAddress address(String text, String host) {
        boolean bracketed = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
        byte[] address = bracketed
                ? Address.toByteArray(host.substring(1, host.length() - 1), Address.IPv6)
                : Address.toByteArray(host, Address.IPv4);
        if (address == null) {
            throw malformed(text);
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) { // only for lengths other than 4 and 16
            throw new IllegalArgumentException(e);
        }
    }

    private static int port(String text, String digits) {
        boolean decimal = digits.length() >= 1
                && digits.length() <= 5
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int port = decimal ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw malformed(text);
        }
        return port;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "not a DNS server: \"" + text + "\" (expected ADDRESS:PORT such as 127.0.0.1:53 or [::1]:53)");
    }
}
