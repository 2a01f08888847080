package org.slash64.schemas.registry;

/** What a registry requires of the next schema of a subject; the names are those of the registry's API. */
public enum Compatibility {
    /** Readers with the new schema can read everything that was written with any earlier one. */
    BACKWARD_TRANSITIVE
}
