package org.slash64.deploy.bench.dns;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slash64.deploy.bench.Side;
import org.slash64.enrichers.dns.CacheLimits;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsLimits;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The client of the enrichers, as everybody uses it. Its cache is on, but no answer is taken from it: each name is asked
 * once, and before they are asked again the cache's time goes beyond every TTL.
 *
 * @param names all different
 * @param server whom it asks
 * @param warmUp how long it runs unmeasured
 * @param time how long it is measured
 */
record ClientSide(List<Name> names, InetSocketAddress server, Duration warmUp, Duration time) implements Side {
    private static final Duration BEYOND_TTL = CacheLimits.DEFAULTS.maxTtl().multipliedBy(2);

    @Override
    public String label() {
        return "slash64";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        AtomicLong nanos = new AtomicLong();
        Ticker ticker = nanos::get;
        DnsLimits limits = DnsLimits.DEFAULTS.withOpenQuestions(DnsBench.OUTSTANDING, DnsBench.OUTSTANDING);
        try (DnsClient client = new DnsClient(List.of(server), limits, CacheLimits.DEFAULTS, ticker)) {
            Run run = new Run(names, client, nanos);
            run.askFor(warmUp);
            double rate = run.askFor(time);
            run.awaitAll();
            run.check();
            return rate;
        }
    }

    /** Asks on and on with a fixed number outstanding. */
    private static final class Run {
        private final List<Name> names;
        private final DnsClient client;
        private final AtomicLong cacheNanos;
        private final Semaphore places = new Semaphore(DnsBench.OUTSTANDING);
        private final LongAdder good = new LongAdder();
        private final LongAdder bad = new LongAdder();
        private int next;

        Run(List<Name> names, DnsClient client, AtomicLong cacheNanos) {
            this.names = names;
            this.client = client;
            this.cacheNanos = cacheNanos;
        }

        /** Returns good answers a second. */
        double askFor(Duration time) throws InterruptedException {
            long before = good.sum();
            long start = System.nanoTime();
            while (System.nanoTime() - start < time.toNanos()) {
                ask();
            }
            return (good.sum() - before) * 1e9 / (System.nanoTime() - start);
        }

        private void ask() throws InterruptedException {
            if (next == names.size()) {
                awaitAll();
                cacheNanos.addAndGet(BEYOND_TTL.toNanos());
                next = 0;
            }
            places.acquire();
            CompletionStage<DnsAnswer> asked = client.query(names.get(next++), Type.A);
            asked.whenComplete((answer, error) -> ended(answer));
        }

        private void ended(DnsAnswer answer) {
            boolean right = answer != null && answer.outcome() == DnsOutcome.ANSWER;
            (right ? good : bad).increment();
            places.release();
        }

        void awaitAll() throws InterruptedException {
            places.acquire(DnsBench.OUTSTANDING);
            places.release(DnsBench.OUTSTANDING);
        }

        void check() throws IOException {
            long cached = client.statistics().cacheHits();
            if (bad.sum() > 0 || cached > 0) {
                throw new IOException(bad.sum() + " questions failed, and " + cached + " were not asked at all");
            }
        }
    }
}
