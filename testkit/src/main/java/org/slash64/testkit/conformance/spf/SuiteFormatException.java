package org.slash64.testkit.conformance.spf;

import java.io.IOException;

/** A file that is no suite; the message says where and why. */
public final class SuiteFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    SuiteFormatException(String message) {
        super(message);
    }

    SuiteFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
