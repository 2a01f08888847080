package org.slash64.connectors.log;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slash64.schemas.Address;
import org.slash64.schemas.DkimMaterial;
import org.slash64.schemas.InlineVerdicts;

/**
 * What one log line says about receiving mail, whatever program wrote it. When, on which host and in which process is in
 * the {@link LogLine} it was read from. A component that may be null is null where the line does not tell. Texts are
 * {@link SafeText#of made safe}.
 */
public sealed interface SmtpFact {

    /** Which of the facts it is. */
    Kind kind();

    /** The facts, one for each record. */
    enum Kind {
        CONNECTED,
        HELO,
        QUEUED,
        MESSAGE_ID,
        HEADER,
        SENDER,
        RECEIVED,
        DESCRIBED,
        REMOVED,
        REJECTED,
        AUTH_FAILED,
        CERTIFICATE,
        TLS_STARTED,
        CONNECTION_LOST,
        DISCONNECTED,
        HANDED_OVER,
        CLAIMED,
        OBSERVED,
        SESSION_OBSERVED,
        PIECE,
        IGNORED,
        MALFORMED
    }

    /**
     * The SMTP session that a line belongs to.
     *
     * @param service the service as logged, without the software's name: {@code smtpd}, {@code submission/smtpd}; where the
     *     software has but one, its name
     * @param id what the software calls the session, where its processes serve many at a time; null where a process
     *     serves one at a time, so that the process id tells them apart
     * @param client the client; null where the line does not name it
     * @param clientName the client's host name; null where the server knows none
     */
    record Session(String service, String id, Address client, String clientName) {}

    /** A fact about an SMTP session. */
    sealed interface InSession extends SmtpFact {

        /** The session. */
        Session session();
    }

    /** A fact about a message, told by a process that is not the session's. */
    sealed interface OfMessage extends SmtpFact {

        /** The queue id. */
        String queueId();
    }

    /** A client connected. */
    record Connected(Session session) implements InSession {

        @Override
        public Kind kind() {
            return Kind.CONNECTED;
        }
    }

    /** The client said what the envelope tells: its name, its protocol, who it authenticated as, a sender. */
    record Helo(Session session, Envelope envelope) implements InSession {

        @Override
        public Kind kind() {
            return Kind.HELO;
        }
    }

    /** A session got a queue id for a message. */
    record Queued(Session session, String queueId, Envelope envelope) implements InSession {

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

    /** Header fields whose domains an event has a place for. */
    enum Field {
        FROM,
        REPLY_TO,
        SENDER
    }

    /**
     * A header field was logged.
     *
     * @param field null where an event has no place for the field, and the line is of interest for its envelope alone
     * @param domains domains of the addresses in it, as written there, in order, without repetition
     * @param cut true where the log has only the beginning of the field
     * @param envelope what the client had said until then
     */
    record Header(String queueId, Field field, List<String> domains, boolean cut, Envelope envelope)
            implements OfMessage {

        @Override
        public Kind kind() {
            return Kind.HEADER;
        }
    }

    /** The queue took the message over: it is accepted. An empty {@code from} is the null sender; size in bytes. */
    record Sender(String queueId, String from, long size, int recipients) implements OfMessage {

        @Override
        public Kind kind() {
            return Kind.SENDER;
        }
    }

    /**
     * A message was accepted, and one line tells all about it.
     *
     * @param queueId the server's id of the message
     * @param size in bytes, or null
     * @param recipients their number, or null
     */
    record Received(
            Session session,
            String queueId,
            Envelope envelope,
            String messageId,
            Long size,
            Integer recipients,
            Tls tls)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.RECEIVED;
        }
    }

    /**
     * More about a message than the line of its acceptance tells: logged before {@link Received}, or directly behind it
     * by the same session. Each component but the first two is null, and each of the envelope, where this line does not
     * tell; several lines may describe one message.
     *
     * @param size in bytes, or null
     * @param recipients the number of those accepted, or null
     */
    record Described(
            Session session, String queueId, Envelope envelope, String messageId, Long size, Integer recipients)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.DESCRIBED;
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
     * @param session of a refusal that another process than the session's logged: the service that logged it
     * @param queueId null where there was none yet
     * @param stage the SMTP command, or END-OF-MESSAGE
     * @param endsMessage true where the whole message is refused, not one recipient of it
     * @param loggedBySession false where another process than the session's told it
     */
    record Rejected(
            Session session,
            String queueId,
            String stage,
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
    record AuthFailed(Session session, String method, String text) implements InSession {

        @Override
        public Kind kind() {
            return Kind.AUTH_FAILED;
        }
    }

    /**
     * The encryption of a session.
     *
     * @param protocol such as TLSv1.3; null where it was not logged
     * @param cipher null where it was not logged
     * @param names names in the client's certificate, where the server trusts it; empty otherwise
     */
    record Tls(String protocol, String cipher, List<String> names) {}

    /**
     * The session is encrypted from here on.
     *
     * @param trusted true where the server says that it trusts the client's certificate, of which an earlier
     *     {@link Certificate} may have told the names
     */
    record TlsStarted(Session session, Tls tls, boolean trusted) implements InSession {

        /** The line says nothing about a certificate that was told of before. */
        public TlsStarted(Session session, Tls tls) {
            this(session, tls, false);
        }

        @Override
        public Kind kind() {
            return Kind.TLS_STARTED;
        }
    }

    /** The client showed a certificate with these names; whether the server trusts it, the start of TLS tells. */
    record Certificate(Session session, List<String> names) implements InSession {

        @Override
        public Kind kind() {
            return Kind.CERTIFICATE;
        }
    }

    /** The session ends without the client's QUIT; {@link Disconnected} follows. */
    record ConnectionLost(Session session, String stage, Loss loss) implements InSession {

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
     * @param ending how it ended; null where other lines tell
     */
    record Disconnected(Session session, Map<String, Integer> succeeded, Map<String, Integer> failed, Ending ending)
            implements InSession {

        @Override
        public Kind kind() {
            return Kind.DISCONNECTED;
        }
    }

    /**
     * How a session ended, where the line of its end tells it all.
     *
     * @param loss null where the client quit in order
     * @param stage the command after which it was lost, or null
     * @param length time since the connect; null where it was not logged
     * @param alone true where the software may log no connect, so that this line suffices for a connection
     */
    record Ending(Loss loss, String stage, Duration length, boolean alone) {}

    /**
     * Another program of the same server goes on with the connection and logs it anew.
     *
     * @param forGood false where the end of the connection may yet be logged here, and then is its end
     */
    record HandedOver(Session session, boolean forGood) implements InSession {

        @Override
        public Kind kind() {
            return Kind.HANDED_OVER;
        }
    }

    /**
     * Verdicts that a program has reached about a message. What it is about is told by one of the first three, the first
     * that is not null.
     *
     * @param queueId the mail server's queue id
     * @param session the session
     * @param messageId the Message-ID without angle brackets
     * @param claims in the order of the line
     */
    record Claimed(String queueId, Session session, String messageId, List<Claim> claims) implements SmtpFact {

        @Override
        public Kind kind() {
            return Kind.CLAIMED;
        }
    }

    /** What a claim is about. */
    enum Method {
        SPF,
        DKIM,
        DMARC,
        ARC,
        IPREV,
        SPAM,
        DNSBL
    }

    /**
     * One verdict of another program.
     *
     * @param method what was checked
     * @param result the result in the words of RFC 8601 section 2.7 where the method has them ({@code pass}, {@code fail},
     *     {@code softfail} ...); of SPAM {@code spam} or {@code ham}, of DNSBL {@code listed}
     * @param domain the domain it is about: the checked identity's, d= of a signature, of DNSBL the list's; or null
     * @param selector s= of a signature, or null
     * @param score a spam score, or null
     */
    record Claim(Method method, String result, String domain, String selector, Double score) {}

    /**
     * What slash64's own milter saw of a message, at its end. It joins what the log tells of the same queue id, and is the
     * event where the log tells nothing.
     *
     * @param session as the milter knows it: its id is the milter's, not the mail server's
     * @param connected when the session began
     * @param started when the message began
     * @param number of the message in its session, from 1
     * @param queueId null where the mail server did not tell it
     * @param messageId or null
     * @param size in bytes
     * @param recipients their number
     * @param headers domains in header fields, by field; a field that was not there is left out
     * @param dkim material to verify signatures with
     * @param verdicts what the milter found out of it; null where it did not, or where the line may be somebody else's
     * @param refusal how slash64 refused the message; null where it did not
     */
    record Observed(
            Session session,
            Instant connected,
            Instant started,
            int number,
            String queueId,
            Envelope envelope,
            String messageId,
            long size,
            int recipients,
            Tls tls,
            Map<Field, List<String>> headers,
            DkimMaterial dkim,
            InlineVerdicts verdicts,
            Reply refusal)
            implements SmtpFact {

        @Override
        public Kind kind() {
            return Kind.OBSERVED;
        }
    }

    /**
     * A session that slash64's own milter saw has ended.
     *
     * @param session as the milter knows it
     * @param connected when it began
     */
    record SessionObserved(Session session, Instant connected, Envelope envelope, Tls tls) implements SmtpFact {

        @Override
        public Kind kind() {
            return Kind.SESSION_OBSERVED;
        }
    }

    /**
     * One piece of a line that was too long for syslog; the pieces of one process that follow each other make one line.
     *
     * @param index from 1
     * @param count of all pieces
     * @param text of this piece
     * @param newline true where the text had a line feed behind this piece
     */
    record Piece(int index, int count, String text, boolean newline) implements SmtpFact {

        @Override
        public Kind kind() {
            return Kind.PIECE;
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
            AUTH_UNAVAILABLE,
            /** Written by a program whose lines are read, in words that are not known. */
            UNKNOWN_STATEMENT
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
