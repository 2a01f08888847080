package org.slash64.schemas.registry;

import org.apache.avro.Schema;

/** Numbers for schemas, and schemas for numbers. Safe for use by several threads. */
public interface SchemaIds {
    /**
     * The id of a schema under a subject, which is registered if it is not yet.
     *
     * @throws RegistryException if the registry does not answer, or refuses the schema
     */
    int register(String subject, Schema schema) throws RegistryException;

    /**
     * The schema of an id.
     *
     * @throws RegistryException if the registry does not answer, or has no such schema
     */
    Schema byId(int id) throws RegistryException;
}
