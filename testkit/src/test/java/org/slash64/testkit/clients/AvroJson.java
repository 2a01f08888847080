package org.slash64.testkit.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Avro records as the plain JSON that other languages make of them: enums are names, instants are milliseconds. */
final class AvroJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AvroJson() {}

    static JsonNode of(Object value) {
        if (value == null) {
            return JSON.nullNode();
        } else if (value instanceof IndexedRecord record) {
            return record(record);
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode node = JSON.objectNode();
            map.forEach((key, entry) -> node.set(key.toString(), of(entry)));
            return node;
        } else if (value instanceof List<?> list) {
            ArrayNode node = JSON.arrayNode();
            list.forEach(entry -> node.add(of(entry)));
            return node;
        }
        return scalar(value);
    }

    private static JsonNode record(IndexedRecord record) {
        ObjectNode node = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            node.set(field.name(), of(record.get(field.pos())));
        }
        return node;
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Instant instant) {
            return number(instant.toEpochMilli());
        } else if (value instanceof Double number) {
            return JSON.numberNode(number);
        } else if (value instanceof Number number) {
            return number(number.longValue());
        } else if (value instanceof Boolean bool) {
            return JSON.booleanNode(bool);
        }
        return JSON.textNode(value.toString());
    }

    /** As a parser makes it: small numbers are ints. */
    private static JsonNode number(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }
}
