package org.slash64.testkit.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slash64.testkit.LoopbackPort;

/** Settings of a broker and controller that is a cluster of one, by the names of Kafka's broker configuration. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";
    private static final String BROKER = "BROKER";

    /** Partitions of Kafka's own topics. They must never change for a directory: groups and transactions are found by them. */
    private static final int INTERNAL_PARTITIONS = 4;

    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    /** Memory of the log cleaner, of 24 bytes a key; Kafka's own 128 MiB would be a quarter of the program's heap. */
    private static final int CLEANER_BUFFER_BYTES = 16 << 20;

    /** Small enough for compaction to get at old records, since it leaves the newest segment alone. */
    private static final int SEGMENT_BYTES = 128 << 20;

    /** After a kill the next start waits until the old session has ended, so sessions are short (Kafka: 9 s). */
    private static final Duration SESSION = Duration.ofSeconds(3);

    private static final Duration HEARTBEAT = Duration.ofMillis(250);

    private BrokerSettings() {}

    static Map<String, String> of(Path logDir, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        network(settings, port, controllerPort);
        singleNode(settings);
        settings.put("log.dirs", logDir.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("log.segment.bytes", Integer.toString(SEGMENT_BYTES));
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES));
        settings.put("broker.session.timeout.ms", Long.toString(SESSION.toMillis()));
        settings.put("broker.heartbeat.interval.ms", Long.toString(HEARTBEAT.toMillis()));
        return settings;
    }

    private static void network(Map<String, String> settings, int port, int controllerPort) {
        String clients = BROKER + "://" + LoopbackPort.ADDRESS + ":" + port;
        String controller = LoopbackPort.ADDRESS + ":" + controllerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("listeners", clients + "," + CONTROLLER + "://" + controller);
        settings.put("advertised.listeners", clients);
        settings.put("inter.broker.listener.name", BROKER);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    }

    private static void singleNode(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", Integer.toString(INTERNAL_PARTITIONS));
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", Integer.toString(INTERNAL_PARTITIONS));
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
    }
}
