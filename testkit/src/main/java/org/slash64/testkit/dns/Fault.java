package org.slash64.testkit.dns;

import java.time.Duration;
import org.xbill.DNS.Rcode;

/** What a {@link ZoneServer} does instead of answering a question as it should. */
public sealed interface Fault {
    /** The right answer, this much later. */
    record Delay(Duration by) implements Fault {}

    /** No answer. */
    record Drop() implements Fault {}

    /** An empty answer with this {@link Rcode}. */
    record Status(int rcode) implements Fault {}

    /** Over UDP an empty answer with the TC flag; over TCP the right one. */
    record Truncate() implements Fault {}

    /** The right answer under a question that was not asked. */
    record WrongQuestion() implements Fault {}

    /** The right answer under another message id. */
    record WrongId() implements Fault {}

    /** A message that ends in the middle of its question. */
    record Garbage() implements Fault {}

    /** SERVFAIL, as of a resolver that found no server of the zone. */
    static Fault servfail() {
        return new Status(Rcode.SERVFAIL);
    }

    /** REFUSED, as of a server that does not serve this client. */
    static Fault refused() {
        return new Status(Rcode.REFUSED);
    }
}
