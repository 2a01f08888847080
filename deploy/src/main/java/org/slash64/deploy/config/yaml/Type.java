package org.slash64.deploy.config.yaml;

import java.util.Optional;

/** A kind of value: how it is written, read and told about. */
public interface Type<T> {

    /** What it is called in the reference and in mistakes, range included: {@code duration from 10s to 30d}. */
    String name();

    /** Reads a value that is there; empty where it is wrong, which is then among the mistakes. */
    Optional<T> read(Value value);

    /** As it is written in a file. */
    String print(T value);

    /** Adds fields inside this type to the reference. */
    default void declare(String path, Declarations declarations) {}
}
