package org.slash64.deploy.bench.dns;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
            run.check();
            return rate;
        }
    }

    /** Asks on and on with a fixed number outstanding: each answer makes the next question, as in a check of SPF. */
    private static final class Run {
        private final List<Name> names;
        private final DnsClient client;
        private final AtomicLong cacheNanos;
        private final AtomicInteger next = new AtomicInteger();
        private final LongAdder good = new LongAdder();
        private final LongAdder bad = new LongAdder();

        Run(List<Name> names, DnsClient client, AtomicLong cacheNanos) {
            this.names = names;
            this.client = client;
            this.cacheNanos = cacheNanos;
        }

        /** Returns good answers a second; nothing is outstanding afterwards. */
        double askFor(Duration time) throws InterruptedException {
            long before = good.sum();
            long start = System.nanoTime();
            long end = start + time.toNanos();
            while (System.nanoTime() - end < 0) {
                askAll(end);
            }
            return (good.sum() - before) * 1e9 / (System.nanoTime() - start);
        }

        /** Asks for the names that are left, or for all when none is. */
        private void askAll(long end) throws InterruptedException {
            if (next.get() >= names.size()) {
                cacheNanos.addAndGet(BEYOND_TTL.toNanos());
                next.set(0);
            }
            CountDownLatch chains = new CountDownLatch(DnsBench.OUTSTANDING);
            for (int chain = 0; chain < DnsBench.OUTSTANDING; chain++) {
                ask(end, chains);
            }
            chains.await();
        }

        private void ask(long end, CountDownLatch chains) {
            int place = next.getAndIncrement();
            if (place >= names.size() || System.nanoTime() - end >= 0) {
                chains.countDown();
                return;
            }
            CompletionStage<DnsAnswer> asked = client.query(names.get(place), Type.A);
            asked.whenComplete((answer, error) -> {
                boolean right = answer != null && answer.outcome() == DnsOutcome.ANSWER;
                (right ? good : bad).increment();
                ask(end, chains);
            });
        }

        void check() throws IOException {
            long cached = client.statistics().cacheHits();
            if (bad.sum() > 0 || cached > 0) {
                throw new IOException(bad.sum() + " questions failed, and " + cached + " were not asked at all");
            }
        }
    }
}
