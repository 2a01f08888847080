package org.slash64.deploy.bench.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.slash64.schemas.registry.SchemaIds;

/** Stands for the registry, which is asked once for each schema and not while events flow. */
final class SchemasInMemory implements SchemaIds {

    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema);
    }

    @Override
    public synchronized Schema byId(int id) {
        return schemas.get(id);
    }
}
