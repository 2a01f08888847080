package org.slash64.schemas.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry that is a list: the id of a schema is its place, from 1. It counts what it is asked. */
final class SchemasInMemory implements SchemaIds {
    private final List<Schema> schemas = new ArrayList<>();
    private boolean down;
    private int calls;

    void down(boolean now) {
        down = now;
    }

    int calls() {
        return calls;
    }

    @Override
    public int register(String subject, Schema schema) throws RegistryException {
        answer();
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public Schema byId(int id) throws RegistryException {
        answer();
        if (id < 1 || id > schemas.size()) {
            throw new RegistryException.UnknownId("the registry knows no schema of id " + id, null);
        }
        return schemas.get(id - 1);
    }

    private void answer() throws RegistryException {
        calls++;
        if (down) {
            throw new RegistryException.Unavailable("the registry does not answer", null);
        }
    }
}
