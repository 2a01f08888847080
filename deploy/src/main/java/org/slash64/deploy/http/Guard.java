package org.slash64.deploy.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

/** What is done before every request: headers that browsers heed, the host asked for, how often a client asks. */
final class Guard {

    /** Clients that are counted at a time; a second is forgotten after a second. */
    private static final int MOST_CLIENTS = 10_000;

    private static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Set<String> names;
    private final int requestsPerSecond;
    private final Cache<String, AtomicInteger> requests = Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    Guard(HttpSettings settings) {
        names = new HashSet<>(settings.names());
        names.add("localhost");
        settings.advertised().map(Guard::host).ifPresent(names::add);
        requestsPerSecond = settings.requestsPerSecond();
    }

    void check(Context request) {
        request.header("Content-Security-Policy", CONTENT_SECURITY);
        request.header("X-Content-Type-Options", "nosniff");
        request.header("X-Frame-Options", "DENY");
        request.header("Referrer-Policy", "no-referrer");
        request.header("Cross-Origin-Opener-Policy", "same-origin");
        request.header("Cross-Origin-Resource-Policy", "same-origin");
        request.header("Cache-Control", "no-store");
        checkHost(request.host());
        int count = requests.get(client(request.ip()), client -> new AtomicInteger())
                .incrementAndGet();
        if (count > requestsPerSecond) {
            request.header("Retry-After", "1");
            throw new Refusal(429, "more than " + requestsPerSecond + " requests in a second; ask again later");
        }
    }

    /** A page of somebody else whose name leads here (DNS rebinding) is not answered. */
    private void checkHost(String asked) {
        String host = asked == null ? "" : host(asked);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (Address.parse(bare).isEmpty() && !names.contains(host)) {
            throw new Refusal(421, "asked by a host name that http.names does not have; add it, or ask by address");
        }
    }

    private static String host(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        boolean port = colon > hostAndPort.lastIndexOf(']');
        return (port ? hostAndPort.substring(0, colon) : hostAndPort).toLowerCase(Locale.ROOT);
    }

    /** In IPv6 a customer has a /64 at least. */
    private static String client(String ip) {
        return Address.parse(ip)
                .map(address -> Prefix.finest(address).toString())
                .orElse(ip);
    }
}
