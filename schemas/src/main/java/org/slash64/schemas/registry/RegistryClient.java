package org.slash64.schemas.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * Confluent's client of a Confluent-compatible schema registry. This is the one class that knows it: on Maven Central it
 * is to be had relocated inside a library of Flink only, with a relocated Avro, so schemas pass as text.
 *
 * <p>Transport failures and server errors are tried again, within {@link RegistryLimits}; answers are not.
 * Schemas and ids are cached for good, ids the registry does not know for {@link #UNKNOWN_ID_TTL}.
 */
public final class RegistryClient implements SchemaIds, AutoCloseable {
    /** How long an id that the registry does not know is not asked for again. */
    static final Duration UNKNOWN_ID_TTL = Duration.ofSeconds(5);

    private static final int MAX_CACHED_SCHEMAS = 1_000;
    private static final int MAX_CACHED_UNKNOWN_IDS = 10_000;

    private static final int UNAUTHORIZED = 401; // RFC 9110 section 15.5.2
    private static final int FORBIDDEN = 403; // RFC 9110 section 15.5.4
    private static final int NOT_FOUND = 404; // RFC 9110 section 15.5.5
    private static final int CONFLICT = 409; // what the registry's API answers for an incompatible schema
    private static final int SERVER_ERRORS = 500; // RFC 9110 section 15.6

    private final String url;
    private final RegistryLimits limits;
    private final SchemaRegistryClient client;

    /**
     * A client that has not connected yet.
     *
     * @param url base URL of the registry's API
     * @param properties settings of Confluent's client, such as {@code basic.auth.user.info}
     */
    public RegistryClient(String url, Map<String, String> properties, RegistryLimits limits) {
        this.url = url;
        this.limits = limits;
        this.client = new CachedSchemaRegistryClient(
                List.of(url), MAX_CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), settings(properties, limits));
    }

    private static Map<String, Object> settings(Map<String, String> properties, RegistryLimits limits) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.put(SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, millis(limits.connectTimeout()));
        settings.put(SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, millis(limits.readTimeout()));
        settings.put(SchemaRegistryClientConfig.MISSING_ID_CACHE_TTL_CONFIG, UNKNOWN_ID_TTL.toSeconds());
        settings.put(SchemaRegistryClientConfig.MISSING_CACHE_SIZE_CONFIG, MAX_CACHED_UNKNOWN_IDS);
        return settings;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    @Override
    public int register(String subject, Schema schema) throws RegistryException {
        AvroSchema text = new AvroSchema(schema.toString());
        try {
            return retrying(() -> client.register(subject, text));
        } catch (RestClientException e) {
            if (e.getStatus() == CONFLICT) {
                throw new RegistryException.Incompatible(
                        "the schema registry at " + url + " refuses the schema of " + subject
                                + " as incompatible with an earlier one: " + e.getMessage(),
                        e);
            }
            throw refused("register a schema of " + subject, e);
        }
    }

    @Override
    public Schema byId(int id) throws RegistryException {
        try {
            String text = retrying(() -> client.getSchemaById(id).canonicalString());
            return new Schema.Parser().parse(text);
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                throw new RegistryException.UnknownId(
                        "the schema registry at " + url + " knows no schema of id " + id, e);
            }
            throw refused("look up the schema of id " + id, e);
        } catch (SchemaParseException e) {
            throw new RegistryException.Refused(
                    "the schema of id " + id + " at " + url + " is not an Avro schema: " + e.getMessage(), e);
        }
    }

    /**
     * Requires a compatibility of all later schemas of a subject; writes nothing where it is required already.
     *
     * @return false if the registry does not know the subject yet and wants a schema first, as Apicurio does
     */
    public boolean requireCompatibility(String subject, Compatibility compatibility) throws RegistryException {
        try {
            if (!isRequired(subject, compatibility)) {
                update(subject, compatibility);
            }
            return true;
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return false;
            }
            throw refused("set the compatibility of " + subject, e);
        }
    }

    private boolean isRequired(String subject, Compatibility compatibility)
            throws RestClientException, RegistryException {
        return compatibility.name().equals(retrying(() -> client.getCompatibility(subject)));
    }

    /** Apicurio refuses to set what another instance that starts at the same time has just set. */
    private void update(String subject, Compatibility compatibility) throws RestClientException, RegistryException {
        try {
            retrying(() -> client.updateCompatibility(subject, compatibility.name()));
        } catch (RestClientException e) {
            if (e.getStatus() != CONFLICT || !isRequired(subject, compatibility)) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private <V> V retrying(Call<V> call) throws RestClientException, RegistryException {
        Duration delay = limits.firstDelay();
        for (int attempt = 1; ; attempt++) {
            try {
                return call.run();
            } catch (RestClientException e) {
                if (e.getStatus() < SERVER_ERRORS) {
                    throw e;
                }
                giveUpAfter(attempt, e);
            } catch (IOException e) {
                giveUpAfter(attempt, e);
            }
            pause(delay);
            delay = delay.multipliedBy(2);
        }
    }

    private void giveUpAfter(int attempt, Exception failure) throws RegistryException {
        if (attempt >= limits.attempts()) {
            throw new RegistryException.Unavailable(
                    "the schema registry at " + url + " does not answer (" + attempt + " attempts, last: "
                            + failure.getMessage() + "); check that it runs and that the URL is right",
                    failure);
        }
    }

    private void pause(Duration delay) throws RegistryException {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException.Unavailable("interrupted while waiting for the schema registry at " + url, e);
        }
    }

    private RegistryException refused(String action, RestClientException e) {
        String advice = e.getStatus() == UNAUTHORIZED || e.getStatus() == FORBIDDEN
                ? " (HTTP status " + e.getStatus() + ": check the credentials in its client's settings, such as"
                        + " basic.auth.user.info)"
                : "";
        return new RegistryException.Refused(
                "the schema registry at " + url + " refuses to " + action + ": " + e.getMessage() + advice, e);
    }

    @FunctionalInterface
    private interface Call<V> {
        V run() throws IOException, RestClientException;
    }
}
