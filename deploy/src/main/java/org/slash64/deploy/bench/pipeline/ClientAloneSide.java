package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slash64.deploy.bench.LoadDns;
import org.slash64.deploy.bench.Side;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsLimits;

/** The DNS client alone: each question once, as many of them outstanding as it lets be in flight. */
record ClientAloneSide(List<LoadDns.Question> questions, InetSocketAddress server) implements Side {

    private static final int OUTSTANDING = DnsLimits.DEFAULTS.maxInFlight();
    private static final long PATIENCE_MINUTES = 10;

    /** A share that may be lost on a loaded machine. */
    private static final double MOST_LOST = 0.001;

    @Override
    public String label() {
        return "DNS client alone";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        try (DnsClient client = new DnsClient(List.of(server))) {
            long start = System.nanoTime();
            askAll(client);
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            long answered = ColdPipelineSide.answered(client.statistics().outcomes());
            if (answered < questions.size() * (1 - MOST_LOST)) {
                throw new IOException(answered + " of " + questions.size() + " questions were answered");
            }
            return answered / seconds;
        }
    }

    private void askAll(DnsClient client) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch chains = new CountDownLatch(OUTSTANDING);
        for (int chain = 0; chain < OUTSTANDING; chain++) {
            ask(client, next, chains);
        }
        if (!chains.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IOException("the questions are not answered after " + PATIENCE_MINUTES + " minutes");
        }
    }

    /** Each answer makes the next question. */
    private void ask(DnsClient client, AtomicInteger next, CountDownLatch chains) {
        int place = next.getAndIncrement();
        if (place >= questions.size()) {
            chains.countDown();
            return;
        }
        LoadDns.Question question = questions.get(place);
        var unused = client.query(question.name(), question.type())
                .whenComplete((DnsAnswer answer, Throwable e) -> ask(client, next, chains));
    }
}
