package org.slash64.deploy.config;

import java.util.Map;
import java.util.Optional;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;

/**
 * Kafka or the schema registry.
 *
 * @param address of the user's own; empty for the embedded one
 * @param properties for its clients, by their own names
 * @param port of the embedded one; 0 for the last one used, or a free one
 */
record ServiceFields(Optional<String> address, Map<String, String> properties, int port) {

    static final ServiceFields EMBEDDED = new ServiceFields(Optional.empty(), Map.of(), 0);

    /** A client asks the first that answers for all others. */
    private static final int MOST_SERVERS = 32;

    static ServiceFields kafka(Section kafka) {
        Optional<String> servers = kafka.optional(
                        "bootstrap-servers",
                        "the embedded broker",
                        ListOf.distinct(SiteTypes.hostAndPort(), 1, MOST_SERVERS),
                        "Brokers of your own Kafka to ask first.")
                .map(list -> String.join(",", list));
        Map<String, String> properties = kafka.value(
                "properties",
                Map.of(),
                ClientProperties.KAFKA,
                "Settings of all clients of your own Kafka, such as `security.protocol` and `sasl.jaas.config`; whatever"
                        + " admin client, consumer and producer have in common.");
        return new ServiceFields(servers, properties, port(kafka)).checked(kafka, "bootstrap-servers");
    }

    static ServiceFields registry(Section registry) {
        Optional<String> url = registry.optional(
                "url", "the embedded registry", SiteTypes.url(), "Base URL of its Confluent-compatible API.");
        Map<String, String> properties = registry.value(
                "properties",
                Map.of(),
                ClientProperties.REGISTRY,
                "Settings of the client of your own registry, such as `basic.auth.user.info`.");
        return new ServiceFields(url, properties, port(registry)).checked(registry, "url");
    }

    private static int port(Section service) {
        return service.optional(
                        "embedded-port",
                        "the one used last, or a free one",
                        Numbers.count(1, SiteTypes.MAX_PORT),
                        "TCP port of the embedded one, on loopback.")
                .orElse(0);
    }

    private ServiceFields checked(Section service, String address) {
        if (address().isEmpty() && !properties.isEmpty() && !service.has(address)) {
            service.mistake("properties", "are for one of your own alone; write " + address + " as well");
        }
        if (address().isPresent() && port != 0) {
            service.mistake("embedded-port", "does not go with " + address + "; leave one of them out");
        }
        return this;
    }
}
