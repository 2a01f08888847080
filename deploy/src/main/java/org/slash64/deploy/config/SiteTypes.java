package org.slash64.deploy.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.config.yaml.Scalar;
import org.slash64.enrichers.dns.DnsServers;
import org.slash64.schemas.Address;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Kinds of values that describe a site: folders, networks, hosts, names. */
final class SiteTypes {

    static final int MAX_PORT = 65_535;

    /** PATH_MAX of Linux. */
    private static final int MOST_OF_PATH = 4_096;

    /** RFC 1035 section 2.3.4, with room for escapes, a scheme and a path. */
    private static final int MOST_OF_ADDRESS = 1_024;

    private SiteTypes() {}

    /** A file or folder, relative to where the program was started. */
    static Scalar<Path> path() {
        return new Scalar<>("path", SiteTypes::parsePath, Path::toString);
    }

    private static Path parsePath(String text) {
        if (text.isBlank() || text.length() > MOST_OF_PATH || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("is no path");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is no path", e);
        }
    }

    /** A time zone by its name in the tz database, or an offset. */
    static Scalar<ZoneId> timeZone() {
        return new Scalar<>("time zone such as Europe/Berlin or UTC", SiteTypes::parseZone, ZoneId::getId);
    }

    private static ZoneId parseZone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time zone", e);
        }
    }

    /** An address prefix. */
    static Scalar<Prefix> network() {
        return new Scalar<>("network such as 2001:db8::/32 or 192.0.2.0/24", SiteTypes::parseNetwork, Prefix::toString);
    }

    private static Prefix parseNetwork(String text) {
        return Prefix.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        hasAddress(text) ? "has no length, a wrong one, or host bits" : "is no network"));
    }

    private static boolean hasAddress(String text) {
        int slash = text.indexOf('/');
        return Address.parse(slash < 0 ? text : text.substring(0, slash)).isPresent();
    }

    /** A domain name as listings have it. */
    static Scalar<Domain> domain() {
        return new Scalar<>(
                "domain such as example.org",
                text -> Domain.parse(text).orElseThrow(() -> new IllegalArgumentException("is no domain")),
                Domain::name);
    }

    /** A resolver by its address. */
    static Scalar<InetSocketAddress> dnsServer() {
        return new Scalar<>(
                "address with a port, such as 127.0.0.1:53 or [::1]:53",
                SiteTypes::parseDnsServer,
                SiteTypes::printDnsServer);
    }

    private static String printDnsServer(InetSocketAddress server) {
        String host = server.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getPort();
    }

    private static InetSocketAddress parseDnsServer(String text) {
        try {
            return DnsServers.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is no DNS server", e);
        }
    }

    /** {@code HOST:PORT}; an IPv6 address stands in brackets. */
    static Scalar<String> hostAndPort() {
        return new Scalar<>("HOST:PORT", SiteTypes::parseHostAndPort, text -> text);
    }

    private static String parseHostAndPort(String text) {
        int colon = text.lastIndexOf(':');
        boolean right = colon > 0
                && text.length() <= MOST_OF_ADDRESS
                && text.chars().limit(colon).allMatch(SiteTypes::isOfHost)
                && isPort(text.substring(colon + 1));
        if (!right) {
            throw new IllegalArgumentException("is no host with a port");
        }
        return text;
    }

    private static boolean isOfHost(int c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || "._-:[]".indexOf(c) >= 0;
    }

    private static boolean isPort(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_PORT;
    }

    /** Where a server listens. */
    static Scalar<ListenAddress> listen() {
        return new Scalar<>(
                "127.0.0.1:PORT, [::1]:PORT or unix:/PATH",
                text -> ListenAddress.parse(text).orElseThrow(() -> new IllegalArgumentException("is no such address")),
                ListenAddress::toString);
    }

    /** An HTTP URL; credentials do not belong in it. */
    static Scalar<String> url() {
        return new Scalar<>("http:// or https:// URL without credentials", SiteTypes::parseUrl, text -> text);
    }

    /** A URL with a place for what is listed. */
    static Scalar<LinkTemplate> link() {
        return new Scalar<>(
                "http:// or https:// URL of at most " + LinkTemplate.MAX_TEXT + " characters with {subject} in it",
                text -> LinkTemplate.parse(text).orElseThrow(() -> new IllegalArgumentException("is no such URL")),
                LinkTemplate::text);
    }

    private static String parseUrl(String text) {
        try {
            if (text.length() <= MOST_OF_ADDRESS && isPlainHttp(new URI(text))) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no such URL", e);
        }
        throw new IllegalArgumentException("is no such URL");
    }

    private static boolean isPlainHttp(URI uri) {
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        return http && uri.getHost() != null && uri.getRawUserInfo() == null;
    }

    /** A domain name, absolute with or without a dot at its end. */
    static Scalar<Name> domainName() {
        return new Scalar<>("domain name", SiteTypes::parseName, Name::toString);
    }

    private static Name parseName(String text) {
        try {
            Name name = text.length() > MOST_OF_ADDRESS ? Name.root : Name.fromString(text, Name.root);
            if (!name.equals(Name.root)) {
                return name;
            }
        } catch (TextParseException e) {
            throw new IllegalArgumentException("is no domain name", e);
        }
        throw new IllegalArgumentException("is no domain name");
    }
}
