package org.slash64.connectors.log;

import java.util.Map;
import org.slash64.schemas.Address;

/**
 * What one log line says about receiving mail, whatever mail server wrote it. When, on which host and in which process
 * is in the {@link LogLine} it was read from. A component that may be null is null where the line does not tell.
 */
public sealed interface SmtpFact {

    /** Which of the facts it is. */
    Kind kind();

    /** The facts, one for each record. */
    enum Kind {
        CONNECTED,
        QUEUED,
        MESSAGE_ID,
        SENDER,
        REMOVED,
        REJECTED,
        AUTH_FAILED,
        TLS_STARTED,
        CONNECTION_LOST,
        DISCONNECTED,
        IGNORED,
        MALFORMED
    }

    /** A fact about an SMTP session, told by the process that serves it. */
    sealed interface InSession extends SmtpFact {

        /** The service as logged, without the software's name: {@code smtpd}, {@code submission/smtpd}. */
        String service();

        /** The client of the session; null where the line does not name it. */
        Address client();

        /** The client's host name; null where the server knows none. */
        String clientName();
    }

    /** A fact about a message, told by a process that is not the session's. */
    sealed interface OfMessage extends SmtpFact {

        /** The queue id. */
        String queueId();
    }

    /** A client connected. */
    record Connected(String service, Address client, String clientName) implements InSession {

        @Override
        public Kind kind() {
            return Kind.CONNECTED;
        }
    }

    /**
     * A session got a queue id for a message.
     *
     * @param saslMethod the SASL mechanism of an authenticated session, or null
     */
    record Queued(String service, String queueId, Address client, String clientName, String saslMethod)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.QUEUED;
        }
    }

    /** The Message-ID header field of a message, without angle brackets; empty where the message has none. */
    record MessageId(String queueId, String messageId) implements OfMessage {

        @Override
        public Kind kind() {
            return Kind.MESSAGE_ID;
        }
    }

    /** The queue took the message over: it is accepted. An empty {@code from} is the null sender; size in bytes. */
    record Sender(String queueId, String from, long size, int recipients) implements OfMessage {

        @Override
        public Kind kind() {
            return Kind.SENDER;
        }
    }

    /** The message left the queue; its id may be used again. */
    record Removed(String queueId) implements OfMessage {

        @Override
        public Kind kind() {
            return Kind.REMOVED;
        }
    }

    /**
     * A command or a message was refused.
     *
     * @param service the service that logged it, which for a refused content is not that of the session
     * @param queueId null where there was none yet
     * @param stage the SMTP command, or END-OF-MESSAGE
     * @param client null where the line leaves it to the session
     * @param endsMessage true where the whole message is refused, not one recipient of it
     * @param loggedBySession false where another process than the session's told it
     */
    record Rejected(
            String service,
            String queueId,
            String stage,
            Address client,
            String clientName,
            Reply reply,
            Envelope envelope,
            boolean endsMessage,
            boolean loggedBySession)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.REJECTED;
        }
    }

    /**
     * The server's answer.
     *
     * @param code SMTP reply code (RFC 5321 section 4.2), 0 where it was not logged
     * @param enhancedStatus enhanced status code (RFC 3463), or null
     * @param text the text as logged, without the two codes
     */
    record Reply(int code, String enhancedStatus, String text) {}

    /**
     * What the client had said until then; each component is null where it was not logged.
     *
     * @param from envelope sender, empty for the null sender
     * @param to envelope recipient
     * @param protocol SMTP or ESMTP
     * @param helo HELO or EHLO argument
     * @param saslMethod the SASL mechanism of an authenticated session, {@link #UNNAMED_MECHANISM} where only the user
     *     name was logged
     */
    record Envelope(String from, String to, String protocol, String helo, String saslMethod) {

        /** Stands for a mechanism that was not logged although the session was authenticated. */
        public static final String UNNAMED_MECHANISM = "unknown";

        /** Nothing was logged. */
        public static final Envelope UNKNOWN = new Envelope(null, null, null, null, null);
    }

    /** An authentication attempt failed; {@code text} is the reason as logged. */
    record AuthFailed(String service, Address client, String clientName, String method, String text)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.AUTH_FAILED;
        }
    }

    /** The session is encrypted from here on. */
    record TlsStarted(String service, Address client, String clientName, String protocol, String cipher)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.TLS_STARTED;
        }
    }

    /** The session ends without the client's QUIT; {@link Disconnected} follows. */
    record ConnectionLost(String service, Address client, String clientName, String stage, Loss loss)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.CONNECTION_LOST;
        }
    }

    /** Why a session ended without QUIT. */
    enum Loss {
        /** The client went away. */
        LOST,
        /** The server waited in vain for the client. */
        TIMEOUT,
        /** The server hung up after too many errors. */
        TOO_MANY_ERRORS
    }

    /**
     * The session is over.
     *
     * @param succeeded number of successful commands by command name in lower case; empty where it was not logged
     * @param failed number of failed commands; commands without a failure are left out
     */
    record Disconnected(
            String service,
            Address client,
            String clientName,
            Map<String, Integer> succeeded,
            Map<String, Integer> failed)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.DISCONNECTED;
        }
    }

    /** The line is not about receiving mail, or tells nothing that an event needs. */
    record Ignored(Why why) implements SmtpFact {

        @Override
        public Kind kind() {
            return Kind.IGNORED;
        }

        /** The reasons, for counting. */
        public enum Why {
            /** Written by another program. */
            OTHER_PROGRAM,
            /** Written by the mail server about something else than receiving. */
            NOT_RECEPTION,
            /** A warning that refuses nothing. */
            WARNING,
            /** A rule that was hit without a refusal: hold, discard, redirect, a rejection on trial and so on. */
            NOT_REFUSED,
            /** About receiving, but nothing that an event has a place for. */
            NO_EVENT,
            /** The server does not know the client's address. */
            NO_CLIENT_ADDRESS,
            /** About a message that came from the server's own host without SMTP. */
            LOCAL_ORIGIN,
            /** Authentication failed because the server's own authentication service did. */
            AUTH_UNAVAILABLE
        }
    }

    /** A known statement that should have been readable and was not. */
    record Malformed(LineError error) implements SmtpFact {

        @Override
        public Kind kind() {
            return Kind.MALFORMED;
        }
    }
}
