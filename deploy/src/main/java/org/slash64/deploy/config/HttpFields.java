package org.slash64.deploy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Scalar;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.deploy.http.HttpSettings;

/** {@link HttpSettings} in a file. */
public final class HttpFields {

    private static final String OFF = "off";
    private static final int MAX_SECRET = 1_024;

    /** A token is as good as a password; this many characters are not guessed. */
    private static final int MIN_TOKEN = 16;

    private static final int MOST_NAMES = 32;
    private static final int MAX_NAME = 253; // RFC 1035 section 2.3.4
    private static final int MOST_REQUESTS = 1_000_000;
    private static final int MOST_STREAMS = 1_024;

    private HttpFields() {}

    static Optional<HttpSettings> read(Section section) {
        HttpSettings defaults = HttpSettings.defaults();
        Optional<ListenAddress.Tcp> listen = section.value(
                "listen",
                Optional.of(defaults.listen()),
                new Scalar<>("127.0.0.1:PORT, [::1]:PORT or off", HttpFields::listen, HttpFields::print),
                "Where it listens, for people, programs and other instances; port 0 takes a free one.");
        Optional<String> advertised = section.optional(
                "advertised",
                "where it listens",
                SiteTypes.hostAndPort(),
                "By what host and port other instances on the same Kafka reach this one.");
        List<String> names = section.value(
                "names",
                List.of(),
                ListOf.distinct(Types.name(MAX_NAME), 0, MOST_NAMES),
                "Host names in lower case by which it is asked, besides addresses, `localhost` and the one advertised; by others it does not answer.");
        Optional<String> token = token(section);
        Optional<HttpSettings.Tls> tls =
                section.section("tls", Optional.empty(), HttpFields::tls, "TLS, for all that it serves.");
        int requests = section.value(
                "requests-per-second",
                HttpSettings.REQUESTS_PER_SECOND,
                Numbers.count(1, MOST_REQUESTS),
                "So many one client may make: an IPv4 address, or a /64.");
        int streams = section.value(
                "event-streams",
                HttpSettings.EVENT_STREAMS,
                Numbers.count(1, MOST_STREAMS),
                "So many may follow `/api/events` at a time; each open page of the dashboard does.");
        return listen.map(address -> new HttpSettings(address, advertised, names, token, tls, requests, streams));
    }

    /**
     * Where a server listens, by address and port.
     *
     * @return empty for {@code off}
     * @throws IllegalArgumentException where the text is neither
     */
    public static Optional<ListenAddress.Tcp> listen(String text) {
        if (text.equals(OFF)) {
            return Optional.empty();
        }
        return Optional.of(ListenAddress.parse(text)
                .filter(ListenAddress.Tcp.class::isInstance)
                .map(ListenAddress.Tcp.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("is no such address")));
    }

    private static String print(Optional<ListenAddress.Tcp> listen) {
        return listen.map(ListenAddress.Tcp::toString).orElse(OFF);
    }

    private static Optional<String> token(Section section) {
        Optional<String> given = section.optional(
                "token",
                "none: nobody may write",
                Types.text(MAX_SECRET),
                "What writing takes, at least " + MIN_TOKEN + " characters: `Authorization: Bearer TOKEN`.");
        Optional<Path> file = section.optional(
                "token-file", "none", SiteTypes.path(), "File with the token, so that it need not stand here.");
        if (given.isPresent() && file.isPresent()) {
            section.mistake("token-file", "does not go with token; leave one of them out");
        }
        Optional<String> token = given.or(() -> file.flatMap(path -> secret(section, "token-file", path)));
        if (token.isPresent() && token.get().length() < MIN_TOKEN) {
            section.mistake(
                    given.isPresent() ? "token" : "token-file",
                    "is too short; make one of at least " + MIN_TOKEN + " characters: openssl rand -hex 16");
        }
        return token;
    }

    private static Optional<HttpSettings.Tls> tls(Section section) {
        Optional<Path> keystore = section.optional(
                "keystore", "none: plain HTTP", SiteTypes.path(), "PKCS 12 file with the key and its certificates.");
        Optional<Path> password =
                section.optional("password-file", "none", SiteTypes.path(), "File with the password of the keystore.");
        if (keystore.isPresent() != password.isPresent()) {
            section.mistake(keystore.isPresent() ? "keystore" : "password-file", "needs the other of the two as well");
            return Optional.empty();
        }
        keystore.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> section.mistake("keystore", "cannot read " + path));
        return keystore.flatMap(path ->
                secret(section, "password-file", password.get()).map(secret -> new HttpSettings.Tls(path, secret)));
    }

    private static Optional<String> secret(Section section, String key, Path file) {
        try {
            String text =
                    Files.size(file) > MAX_SECRET ? "" : Files.readString(file).strip();
            if (!text.isEmpty() && text.chars().noneMatch(Character::isISOControl)) {
                return Optional.of(text);
            }
            section.mistake(key, file + " is to have one line of at most " + MAX_SECRET + " bytes");
        } catch (IOException e) {
            section.mistake(key, "cannot read " + file);
        }
        return Optional.empty();
    }
}
