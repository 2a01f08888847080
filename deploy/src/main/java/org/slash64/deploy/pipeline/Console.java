package org.slash64.deploy.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;
import org.slash64.connectors.follow.FollowedRecords;
import org.slash64.connectors.follow.TopicFollower;
import org.slash64.connectors.publish.BlocklistPublisher;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.explain.Storyteller;
import org.slash64.deploy.http.DescriptionRoute;
import org.slash64.deploy.http.HealthRoutes;
import org.slash64.deploy.http.HttpPeers;
import org.slash64.deploy.http.HttpServer;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.deploy.http.LiveEvents;
import org.slash64.deploy.http.MetricsRoute;
import org.slash64.deploy.http.ReadRoutes;
import org.slash64.deploy.http.Routes;
import org.slash64.deploy.http.TopicOrders;
import org.slash64.deploy.http.WriteRoutes;
import org.slash64.deploy.metrics.PipelineMetrics;
import org.slash64.deploy.state.ClusterStates;
import org.slash64.deploy.state.LocalStates;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.testkit.LoopbackPort;
import org.slash64.topology.PipelineStatistics;
import org.slash64.topology.TopologySettings;

/** Where people and programs look at the pipeline: what they see, kept up to date, and the HTTP server that shows it. */
final class Console implements AutoCloseable {

    /**
     * What is shown.
     *
     * @param streams empty until they are made
     * @param failure why the pipeline cannot go on; empty while it can
     */
    record Sources(
            PipelineStatistics statistics,
            PipelineMetrics metrics,
            BlocklistPublisher publisher,
            PublishedState published,
            Supplier<Optional<KafkaStreams>> streams,
            Supplier<Optional<String>> failure) {}

    private final HttpServer server;
    private final LiveEvents events;
    private final TopicOrders orders;
    private final TopicFollower follower;
    private final String advertised;

    private Console(
            HttpServer server, LiveEvents events, TopicOrders orders, TopicFollower follower, String advertised) {
        this.server = server;
        this.events = events;
        this.orders = orders;
        this.follower = follower;
        this.advertised = advertised;
    }

    static Console start(
            HttpSettings settings,
            TopologySettings topology,
            Endpoints endpoints,
            RegistryClient registry,
            Sources sources,
            Clock clock)
            throws IOException {
        HttpSettings settled = settings.at(settled(settings.listen()));
        String advertised = settings.advertised().orElse(settled.listen().toString());
        HostInfo self = HostInfo.buildFromEndpoint(advertised);
        LiveEvents events = new LiveEvents(settings.eventStreams());
        TopicView view = new TopicView(topology.windows(), events);
        ClusterStates states =
                new ClusterStates(new LocalStates(sources.streams(), self), new HttpPeers(settings.scheme()));
        TopicOrders orders = new TopicOrders(
                new KafkaProducer<>(endpoints.sender(), new StringSerializer(), new ByteArraySerializer()), registry);
        PipelineStatus running =
                new PipelineStatus(sources, view, advertised, settings.token().isPresent(), clock);
        List<Routes> routes = List.of(
                new ReadRoutes(
                        running,
                        sources.published(),
                        view,
                        new Storyteller(sources.published(), view, states),
                        states::own),
                new WriteRoutes(settings.token(), orders, clock),
                events,
                new HealthRoutes(running),
                new MetricsRoute(sources.metrics()),
                new DescriptionRoute());
        TopicFollower follower = new TopicFollower(
                "console",
                new KafkaConsumer<>(
                        endpoints.reader(), new StringDeserializer(), new FollowedRecords(registry, TopicView.TOPICS)),
                List.copyOf(TopicView.TOPICS),
                view,
                clock);
        HttpServer server;
        try {
            server = HttpServer.start(settled, routes);
        } catch (IOException e) {
            orders.close();
            throw e;
        }
        follower.start();
        return new Console(server, events, orders, follower, advertised);
    }

    /** Other instances are told the port before anything listens at it. */
    private static ListenAddress.Tcp settled(ListenAddress.Tcp wanted) throws IOException {
        return wanted.port() == 0 ? new ListenAddress.Tcp(wanted.address(), LoopbackPort.free()) : wanted;
    }

    /** By what other instances reach it, {@code HOST:PORT}. */
    String advertised() {
        return advertised;
    }

    String url() {
        return server.url();
    }

    @Override
    public void close() {
        events.close();
        server.close();
        orders.close();
        follower.close();
    }
}
