package org.slash64.enrichers.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.WireParseException;
import org.xbill.DNS.io.IoClientFactory;

/**
 * Brings questions to the servers: which server, how often, for how long, how many at one time. All of it happens on
 * one thread, so that an exchange needs no lock; the transport hands its messages over to it.
 */
final class Dispatcher {
    private final List<NameServer> servers;
    private final DnsLimits limits;
    private final ResponseReader reader;
    private final LongAdder sent;
    private final BiConsumer<Exchange, DnsAnswer> ended;
    private final EventLoop loop;

    // of the loop's thread
    private final Set<Exchange> waiting = new LinkedHashSet<>();
    private int inFlight;
    private int preferredServer;

    /**
     * Asks nobody yet.
     *
     * @param loop whose thread does all of it
     * @param sent counts the messages
     * @param ended told on the thread of each exchange's end, once
     */
    Dispatcher(
            EventLoop loop,
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
        this.servers = servers.stream()
                .map(server -> new NameServer(server, transport))
                .toList();
        this.loop = loop;
    }

    /** Takes an exchange over, from any thread; false when closed, also if that happens during the call. */
    boolean take(Exchange exchange) {
        try {
            loop.execute(() -> admit(exchange));
        } catch (RejectedExecutionException e) {
            return false;
        }
        return !loop.isClosed();
    }

    // From here on all runs on the loop's thread.

    private void admit(Exchange exchange) {
        exchange.deadlineNanos = exchange.askedNanos + limits.deadline().toNanos();
        exchange.deadline = Optional.of(loop.at(
                exchange.deadlineNanos,
                () -> finish(exchange, reader.failure(DnsOutcome.TIMEOUT, "no answer in time"))));
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
        Record question = Record.newRecord(exchange.target, exchange.question.type(), DClass.IN);
        try {
            servers.get(exchange.server)
                    .ask(question, exchange.edns, tryTimeout(exchange))
                    .whenCompleteAsync((response, error) -> arrived(exchange, attempt, response, error), loop);
        } catch (RuntimeException e) { // a socket that could not be had, for one
            loop.execute(
                    () -> arrived(exchange, attempt, null, e)); // not from here: thousands may be waiting to follow
        }
    }

    private Duration tryTimeout(Exchange exchange) {
        Duration left = Duration.ofNanos(Math.max(1, exchange.deadlineNanos - System.nanoTime()));
        return left.compareTo(limits.tryTimeout()) < 0 ? left : limits.tryTimeout();
    }

    private void arrived(Exchange exchange, int attempt, Message response, Throwable error) {
        if (exchange.attempt != attempt || exchange.result.isDone()) {
            return;
        }
        if (error != null) {
            failed(exchange, error);
        } else if (exchange.edns && refusesEdns(response) && exchange.tries < limits.tries()) {
            exchange.edns = false;
            send(exchange);
        } else {
            heed(exchange, response);
        }
    }

    /** RFC 6891 section 6.2.2: what servers older than EDNS say to it. */
    private static boolean refusesEdns(Message response) {
        return response.getRcode() == Rcode.FORMERR || response.getRcode() == Rcode.NOTIMP;
    }

    private void heed(Exchange exchange, Message response) {
        Reading reading;
        try {
            reading = reader.read(exchange.current(), response, exchange.links, exchange.chainTtlSeconds);
        } catch (RuntimeException e) { // a record that the library reads only when it is used
            reading = new Reading.Settled(reader.failure(DnsOutcome.ERROR, "malformed answer"));
        }
        if (reading instanceof Reading.Alias alias) {
            exchange.lead(alias); // the server left the rest of the chain to us
            send(exchange);
        } else if (reading instanceof Reading.Settled settled) {
            settle(exchange, settled.answer());
        }
    }

    private void failed(Exchange exchange, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof SocketTimeoutException) {
            demote(exchange.server);
            next(exchange, reader.failure(DnsOutcome.TIMEOUT, "no answer in time"));
        } else if (cause instanceof WireParseException || !(cause instanceof IOException)) {
            next(exchange, reader.failure(DnsOutcome.ERROR, "malformed answer, or not to this question"));
        } else {
            demote(exchange.server);
            next(exchange, reader.failure(DnsOutcome.ERROR, "no network: " + cause.getMessage()));
        }
    }

    /** New questions go to the next server first. */
    private void demote(int server) {
        if (server == preferredServer) {
            preferredServer = (preferredServer + 1) % servers.size();
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

    /** Asks the next server that may still answer, or ends with what the last one said. */
    private void next(Exchange exchange, DnsAnswer failure) {
        exchange.attempt++;
        exchange.edns = true;
        for (int i = 1; i <= servers.size() && exchange.tries < limits.tries(); i++) {
            int server = (exchange.server + i) % servers.size();
            if (!exchange.isStruck(server)) {
                exchange.server = server;
                send(exchange);
                return;
            }
        }
        finish(exchange, failure);
    }

    private void finish(Exchange exchange, DnsAnswer answer) {
        exchange.deadline.ifPresent(loop::cancel);
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
