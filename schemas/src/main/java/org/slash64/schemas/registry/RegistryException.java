package org.slash64.schemas.registry;

import java.util.Objects;
import java.util.stream.Stream;

/** The schema registry could not do what was asked. The message is one line for the operator. */
public abstract sealed class RegistryException extends Exception {
    private static final long serialVersionUID = 1L;

    private RegistryException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The registry did not answer, or answered with a server error, in all attempts. Trying later can help. */
    public static final class Unavailable extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        /** True where it, or what caused it, is one of these. */
        public static boolean isCauseOf(Throwable failure) {
            return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                    .anyMatch(Unavailable.class::isInstance);
        }
    }

    /** A schema breaks the compatibility that its subject requires. */
    public static final class Incompatible extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Incompatible(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The registry has no schema of that id. */
    public static final class UnknownId extends RegistryException {
        private static final long serialVersionUID = 1L;

        public UnknownId(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The registry answered and refused: no permission, or a request it does not accept. */
    public static final class Refused extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
