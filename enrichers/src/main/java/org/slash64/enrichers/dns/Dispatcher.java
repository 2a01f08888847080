package org.slash64.enrichers.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.WireParseException;
import org.xbill.DNS.io.IoClientFactory;

/**
 * Brings questions to the servers: which server, how often, for how long, how many at one time. All of it happens on
 * one thread, so that an exchange needs no lock; the transport hands its messages over to it.
 */
final class Dispatcher {
    /** DNS Flag Day 2020: the answer that passes unfragmented nearly everywhere. */
    private static final int EDNS_PAYLOAD = 1232;

    private final List<SimpleResolver> resolvers;
    private final DnsLimits limits;
    private final ResponseReader reader;
    private final LongAdder sent;
    private final BiConsumer<Exchange, DnsAnswer> ended;
    private final ScheduledThreadPoolExecutor loop;

    // of the loop's thread
    private final Set<Exchange> waiting = new LinkedHashSet<>();
    private int inFlight;
    private int preferredServer;

    /**
     * Makes the thread.
     *
     * @param sent counts the messages
     * @param ended told on the thread of each exchange's end, once
     */
    Dispatcher(
            List<InetSocketAddress> servers,
            DnsLimits limits,
            ResponseReader reader,
            IoClientFactory transport,
            LongAdder sent,
            BiConsumer<Exchange, DnsAnswer> ended) {
        this.limits = limits;
        this.reader = reader;
        this.sent = sent;
        this.ended = ended;
        this.resolvers = servers.stream()
                .map(server -> resolver(server, limits.tryTimeout(), transport))
                .toList();
        this.loop = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "dns-client");
            thread.setDaemon(true);
            return thread;
        });
        loop.setRemoveOnCancelPolicy(true);
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static SimpleResolver resolver(InetSocketAddress server, Duration timeout, IoClientFactory transport) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(timeout);
        resolver.setEDNS(0, EDNS_PAYLOAD, 0, List.of());
        resolver.setIoClientFactory(transport);
        return resolver;
    }

    /** Takes an exchange over, from any thread; false when closed, also if that happens during the call. */
    boolean take(Exchange exchange) {
        try {
            loop.execute(() -> admit(exchange));
        } catch (RejectedExecutionException e) {
            return false;
        }
        return !loop.isShutdown();
    }

    /** Ends the thread; exchanges taken over stay without an end. */
    void close() {
        loop.shutdown(); // no interrupt: it would close the socket that the thread is just opening
    }

    // From here on all runs on the loop's thread.

    private void admit(Exchange exchange) {
        long left = limits.deadline().toNanos() - (System.nanoTime() - exchange.askedNanos);
        exchange.deadline = loop.schedule(
                () -> finish(exchange, reader.failure(DnsOutcome.TIMEOUT, "no answer in time")),
                left,
                TimeUnit.NANOSECONDS);
        if (inFlight < limits.maxInFlight()) {
            launch(exchange);
        } else {
            waiting.add(exchange);
        }
    }

    private void launch(Exchange exchange) {
        inFlight++;
        exchange.inFlight = true;
        exchange.server = preferredServer;
        send(exchange);
    }

    private void send(Exchange exchange) {
        int attempt = ++exchange.attempt;
        exchange.tries++;
        sent.increment();
        exchange.tryTimer = loop.schedule(
                () -> timedOut(exchange, attempt), limits.tryTimeout().toNanos(), TimeUnit.NANOSECONDS);
        Record question = Record.newRecord(exchange.target, exchange.question.type(), DClass.IN);
        try {
            resolvers
                    .get(exchange.server)
                    .sendAsync(Message.newQuery(question), Runnable::run)
                    .whenCompleteAsync((response, error) -> arrived(exchange, attempt, response, error), loop);
        } catch (RuntimeException e) { // a socket that could not be had, for one
            loop.execute(
                    () -> arrived(exchange, attempt, null, e)); // not from here: thousands may be waiting to follow
        }
    }

    private void arrived(Exchange exchange, int attempt, Message response, Throwable error) {
        if (exchange.attempt != attempt || exchange.result.isDone()) {
            return;
        }
        if (error != null) {
            failed(exchange, attempt, error);
            return;
        }
        Reading reading;
        try {
            reading = reader.read(exchange.current(), response, exchange.links, exchange.chainTtlSeconds);
        } catch (RuntimeException e) { // a record that the library reads only when it is used
            reading = new Reading.Settled(reader.failure(DnsOutcome.ERROR, "malformed answer"));
        }
        heed(exchange, reading);
    }

    private void failed(Exchange exchange, int attempt, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof SocketTimeoutException) {
            timedOut(exchange, attempt);
        } else if (cause instanceof WireParseException || !(cause instanceof IOException)) {
            next(exchange, reader.failure(DnsOutcome.ERROR, "malformed answer, or not to this question"));
        } else {
            next(exchange, reader.failure(DnsOutcome.ERROR, "no network: " + cause.getMessage()));
        }
    }

    private void timedOut(Exchange exchange, int attempt) {
        if (exchange.attempt != attempt || exchange.result.isDone()) {
            return;
        }
        if (exchange.server == preferredServer) {
            preferredServer = (preferredServer + 1) % resolvers.size();
        }
        next(exchange, reader.failure(DnsOutcome.TIMEOUT, "no answer in time"));
    }

    private void heed(Exchange exchange, Reading reading) {
        if (reading instanceof Reading.Alias alias) {
            chase(exchange, alias);
        } else if (reading instanceof Reading.Settled settled) {
            settle(exchange, settled.answer());
        }
    }

    private void settle(Exchange exchange, DnsAnswer answer) {
        switch (answer.outcome()) {
            case ANSWER, NODATA, NXDOMAIN -> finish(exchange, answer);
            case SERVFAIL, REFUSED, ERROR -> {
                exchange.strike(exchange.server);
                next(exchange, answer);
            }
            case TIMEOUT -> next(exchange, answer);
        }
    }

    /** The server left the rest of the chain to us. */
    private void chase(Exchange exchange, Reading.Alias alias) {
        exchange.tryTimer.cancel(false);
        exchange.lead(alias);
        send(exchange);
    }

    /** Asks the next server that may still answer, or ends with what the last one said. */
    private void next(Exchange exchange, DnsAnswer failure) {
        exchange.tryTimer.cancel(false);
        exchange.attempt++;
        for (int i = 1; i <= resolvers.size() && exchange.tries < limits.tries(); i++) {
            int server = (exchange.server + i) % resolvers.size();
            if (!exchange.isStruck(server)) {
                exchange.server = server;
                send(exchange);
                return;
            }
        }
        finish(exchange, failure);
    }

    private void finish(Exchange exchange, DnsAnswer answer) {
        exchange.cancelTimers();
        if (exchange.inFlight) {
            inFlight--;
        } else {
            waiting.remove(exchange);
        }
        launchWaiting();
        ended.accept(exchange, answer);
    }

    private void launchWaiting() {
        while (inFlight < limits.maxInFlight() && !waiting.isEmpty()) {
            Exchange longest = waiting.iterator().next();
            waiting.remove(longest);
            launch(longest);
        }
    }
}
