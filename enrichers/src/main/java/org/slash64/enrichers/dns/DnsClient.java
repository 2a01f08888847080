package org.slash64.enrichers.dns;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Name;
import org.xbill.DNS.io.IoClientFactory;

/**
 * Asks DNS without ever blocking. Answers are cached by TTL, the same question in flight is asked once, and the number
 * of open questions is bounded ({@link DnsLimits}).
 *
 * <p>Servers are tried in order, starting with the last that could be reached and did not time out. SERVFAIL and REFUSED
 * end a server's part in a question, a timeout or a malformed answer does not; a truncated answer is asked for again
 * over TCP, and FORMERR or NOTIMP without EDNS (RFC 6891 section 6.2.2).
 *
 * <p>Queries leave from sockets on random ports that change often, with random ids and with names in random letter case.
 * A datagram whose id or question does not match is counted ({@link UdpStatistics}) and ignored: the wait for the right
 * one goes on, and no try is lost (RFC 5452 section 9.1).
 *
 * <p>Each future completes normally, whatever DNS did, on the thread of this client, so what depends on it must not
 * block; it is already complete when the answer was cached. Closing the client completes open futures with a {@link
 * CancellationException}, so that nobody takes the end of the program for an answer.
 */
public final class DnsClient implements Dns, AutoCloseable {
    /** Servers used at most; the C library uses three. */
    public static final int MAX_SERVERS = 16;

    private final long maxOpen;
    private final AnswerCache cache;
    private final Counters counters = new Counters();
    private final DnsObserver observer;
    private final Map<Question, Exchange> open = new ConcurrentHashMap<>();
    private final AtomicInteger openCount = new AtomicInteger();
    private final EventLoop loop;
    private final Dispatcher dispatcher;

    /** Asks these servers with the default limits. */
    public DnsClient(List<InetSocketAddress> servers) {
        this(servers, DnsObserver.NONE);
    }

    /** Asks these servers with the default limits, and tells how its questions end. */
    public DnsClient(List<InetSocketAddress> servers, DnsObserver observer) {
        this(servers, DnsLimits.DEFAULTS, CacheLimits.DEFAULTS, Ticker.systemTicker(), Optional.empty(), observer);
    }

    /**
     * Asks these servers, from sockets of this client's own.
     *
     * @param servers resolvers in order of preference, 1 to {@link #MAX_SERVERS}
     * @param ticker the time that TTLs go by
     */
    public DnsClient(List<InetSocketAddress> servers, DnsLimits limits, CacheLimits cacheLimits, Ticker ticker) {
        this(servers, limits, cacheLimits, ticker, Optional.empty(), DnsObserver.NONE);
    }

    /**
     * Asks these servers over another transport, which is left open when this client is closed.
     *
     * @param servers resolvers in order of preference, 1 to {@link #MAX_SERVERS}
     * @param ticker the time that TTLs go by
     * @param transport what carries the messages; it must answer or fail each query within the time given
     */
    public DnsClient(
            List<InetSocketAddress> servers,
            DnsLimits limits,
            CacheLimits cacheLimits,
            Ticker ticker,
            IoClientFactory transport) {
        this(servers, limits, cacheLimits, ticker, Optional.of(transport), DnsObserver.NONE);
    }

    private DnsClient(
            List<InetSocketAddress> servers,
            DnsLimits limits,
            CacheLimits cacheLimits,
            Ticker ticker,
            Optional<IoClientFactory> other,
            DnsObserver observer) {
        if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
            throw new IllegalArgumentException("1 to " + MAX_SERVERS + " DNS servers are needed");
        }
        this.maxOpen = (long) limits.maxInFlight() + limits.maxWaiting();
        this.observer = observer;
        this.cache = new AnswerCache(cacheLimits.maxBytes(), ticker);
        this.loop = new EventLoop("dns-client");
        IoClientFactory transport = other.orElseGet(() -> new OwnTransport(loop, servers, limits, counters));
        ResponseReader reader = new ResponseReader(cacheLimits);
        this.dispatcher = new Dispatcher(loop, servers, limits, reader, transport, counters.sent, this::ended);
        loop.atEnd(this::cancelOpen); // should it ever end by itself
    }

    /**
     * Asks for the records of a type at a name, class IN.
     *
     * @param name absolute
     * @param type a value of {@link org.xbill.DNS.Type}
     * @return the answer; see the class for threads and failures
     */
    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        Question question = new Question(name, type);
        counters.questions.increment();
        Optional<DnsAnswer> known = cache.get(question);
        if (known.isPresent()) {
            counters.cacheHits.increment();
            return CompletableFuture.completedFuture(known.get());
        }
        return join(question);
    }

    /** The answer if it is known already; asks nobody. */
    public Optional<DnsAnswer> cached(Name name, int type) {
        return cache.get(new Question(name, type));
    }

    /** What was done so far. */
    public DnsStatistics statistics() {
        return counters.snapshot(openCount.get());
    }

    /** Ends all open questions, the client's thread and its sockets. */
    @Override
    public void close() {
        loop.close();
        cancelOpen();
    }

    private void cancelOpen() {
        open.values().forEach(exchange -> exchange.result.completeExceptionally(closed()));
    }

    private static CancellationException closed() {
        return new CancellationException("the DNS client is closed");
    }

    private CompletableFuture<DnsAnswer> join(Question question) {
        Exchange mine = new Exchange(question);
        Exchange running = open.putIfAbsent(question, mine);
        if (running != null) {
            counters.joined.increment();
            return running.result.copy();
        }
        openCount.incrementAndGet();
        start(mine);
        return mine.result.copy();
    }

    private void start(Exchange exchange) {
        Optional<DnsAnswer> known = cache.get(exchange.question); // another may have ended since the first look
        if (known.isPresent()) {
            end(exchange, known.get());
        } else if (openCount.get() > maxOpen) {
            counters.overflowed.increment();
            end(exchange, DnsAnswer.without(DnsOutcome.TIMEOUT, Duration.ZERO, "too many open questions"));
        } else if (!dispatcher.take(exchange)) {
            forget(exchange);
            exchange.result.completeExceptionally(closed());
        }
    }

    private void ended(Exchange exchange, DnsAnswer answer) {
        try {
            cache.put(exchange.question, answer); // first, so that nobody finds it neither open nor cached
        } finally {
            end(exchange, answer);
        }
    }

    private void end(Exchange exchange, DnsAnswer answer) {
        forget(exchange);
        counters.ended(answer.outcome());
        observer.answered(answer.outcome(), System.nanoTime() - exchange.askedNanos);
        exchange.result.complete(answer);
    }

    private void forget(Exchange exchange) {
        if (open.remove(exchange.question, exchange)) {
            openCount.decrementAndGet();
        }
    }
}
