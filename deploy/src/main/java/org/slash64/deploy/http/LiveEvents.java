package org.slash64.deploy.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slash64.deploy.view.ChangeEntry;
import org.slash64.deploy.view.LimitEntry;
import org.slash64.deploy.view.ListingEntry;
import org.slash64.deploy.view.Series;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens, as server-sent events: {@code change}, {@code limit}, {@code blocklist} (without a listing where an
 * entry is gone) and {@code traffic}. A client that does not keep up is dropped, and may come again.
 */
public final class LiveEvents implements TopicView.Observer, Routes, AutoCloseable {

    private static final String PATH = "/api/events";

    /** Events that wait for one client. */
    static final int MOST_WAITING = 256;

    /** A comment after so long without an event shows both ends that the other is there. */
    private static final int HEARTBEAT_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(LiveEvents.class);

    private record Event(String name, String data) {}

    private final int mostStreams;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final ObjectMapper json = Json.mapper();
    private volatile boolean closed;

    public LiveEvents(int mostStreams) {
        this.mostStreams = mostStreams;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(PATH, this::check);
        routes.sse(PATH, this::open);
    }

    /** An event stream answers 200 before it is opened, so what speaks against it is told before. */
    private void check(Context request) {
        if (!String.valueOf(request.header("Accept")).contains("text/event-stream")) {
            throw new Refusal(406, "there are events only; ask with Accept: text/event-stream");
        }
        if (isFull()) {
            request.header("Retry-After", "10");
            throw new Refusal(503, "there are already " + mostStreams + " event streams; try again later");
        }
    }

    private boolean isFull() {
        return closed || streams.size() >= mostStreams;
    }

    private synchronized void open(SseClient client) {
        if (isFull()) { // others came in between
            client.close();
            return;
        }
        client.keepAlive();
        Stream stream = new Stream(client);
        streams.add(stream);
        client.onClose(stream::end);
        stream.thread.start();
    }

    /** One client. Writing to it may block, so it has a thread of its own. */
    private final class Stream {

        private final SseClient client;
        private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
        private final Thread thread = new Thread(this::send, "slash64-events");
        private volatile boolean ended;

        Stream(SseClient client) {
            this.client = client;
            thread.setDaemon(true);
        }

        void offer(Event event) {
            if (!waiting.offer(event)) {
                end();
            }
        }

        private void send() {
            try {
                client.sendComment("slash64");
                while (!ended && !client.terminated()) {
                    Event event = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                    if (event == null) {
                        client.sendComment("");
                    } else {
                        client.sendEvent(event.name(), event.data());
                    }
                }
            } catch (InterruptedException e) {
                LOG.debug("an event stream ends");
            } catch (RuntimeException e) {
                LOG.debug("an event stream broke: {}", e.getMessage());
            } finally {
                end();
                client.close();
            }
        }

        private void end() {
            ended = true;
            streams.remove(this);
            if (Thread.currentThread() != thread) {
                thread.interrupt();
            }
        }
    }

    @Override
    public void changed(ListingChange change) {
        send("change", ChangeEntry.of(change));
    }

    @Override
    public void limited(LimitDecision decision) {
        send("limit", LimitEntry.of(decision));
    }

    @Override
    public void published(String subject, Listing listing) {
        send(
                "blocklist",
                listing == null
                        ? Map.of("subject", subject)
                        : Map.of("subject", subject, "listing", ListingEntry.of(listing)));
    }

    @Override
    public void counted(Series newest) {
        send("traffic", newest);
    }

    private void send(String name, Object data) {
        if (streams.isEmpty()) {
            return;
        }
        try {
            Event event = new Event(name, json.writeValueAsString(data));
            streams.forEach(stream -> stream.offer(event));
        } catch (JsonProcessingException e) {
            LOG.error("an event cannot be written", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        streams.forEach(Stream::end);
    }
}
