package org.slash64.deploy.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.slash64.deploy.config.yaml.Properties;
import org.slash64.deploy.config.yaml.Shown;

/** Settings that are handed on to the clients of Kafka and of the schema registry by the clients' own names. */
final class ClientProperties {

    static final Properties KAFKA = new Properties("mapping of Kafka client settings", ClientProperties::kafka);

    static final Properties REGISTRY =
            new Properties("mapping of registry client settings", ClientProperties::registry);

    private static final Set<String> OF_ALL_CLIENTS = ofAllClients();

    /** The rest of the registry client's settings are bounds that the program sets itself. */
    private static final List<String> OF_REGISTRY =
            List.of("basic.auth.", "bearer.auth.", "schema.registry.ssl.", "proxy.");

    private ClientProperties() {}

    private static Set<String> ofAllClients() {
        Set<String> names = new TreeSet<>(AdminClientConfig.configNames());
        names.retainAll(ConsumerConfig.configNames());
        names.retainAll(ProducerConfig.configNames());
        names.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        names.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
        return names;
    }

    private static Optional<String> kafka(String name, String value) {
        if (name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            return Optional.of("is a field of its own; write kafka.bootstrap-servers");
        }
        if (!OF_ALL_CLIENTS.contains(name)) {
            return Optional.of(
                    "is no setting that all Kafka clients have; see Kafka's documentation of client settings");
        }
        return wrong(name, value).map(why -> why + "; see Kafka's documentation of client settings");
    }

    /** Kafka's own word on a value, where it is wrong. A value that may be secret is not repeated. */
    private static Optional<String> wrong(String name, String value) {
        ConfigDef definition = AdminClientConfig.configDef();
        boolean secret = definition.configKeys().get(name).type == ConfigDef.Type.PASSWORD;
        ConfigValue judged = definition.validateAll(Map.of(name, value)).get(name);
        return judged.errorMessages().stream().findFirst().map(message -> secret ? "is wrong" : Shown.plain(message));
    }

    private static Optional<String> registry(String name, String value) {
        if (OF_REGISTRY.stream().noneMatch(name::startsWith)) {
            return Optional.of(
                    "is no setting for the registry's client; they start with " + String.join(", ", OF_REGISTRY));
        }
        return value.isEmpty() ? Optional.of("is empty; write a value, or leave it out") : Optional.empty();
    }
}
