package org.slash64.testkit.conformance.dkim;

import java.util.List;

/** What DNS says to the question for a key. */
public sealed interface KeyAnswer {
    /** TXT records, the strings of each joined. */
    record Records(List<String> texts) implements KeyAnswer {
        /** Copies the list. */
        public Records {
            texts = List.copyOf(texts);
        }
    }

    /** No answer with records. */
    enum Failure implements KeyAnswer {
        /** The name does not exist. */
        NXDOMAIN,
        /** The server fails. */
        SERVFAIL,
        /** Nobody answers. */
        TIMEOUT
    }
}
