package org.slash64.testkit.dns;

import java.io.IOException;

/** A zone that cannot be read; the message starts with {@code file:line:} where a line is to blame. */
public final class ZoneFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    ZoneFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
