package org.slash64.topology.correlate;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;

/**
 * The place of a session.
 *
 * @param session what the mail server calls it, or the id of the process that serves it
 * @param older true for the second place of a process, which holds lines from before the connect of the session in the
 *     first place: they were sent again, or belong to an older log
 */
public record SessionKey(String host, String service, String session, boolean older) {

    /** The place that the session is in. */
    static SessionKey of(OpenSession session) {
        return new SessionKey(session.getHost(), session.getService(), session.getSession(), session.getOlder());
    }

    /** One of the places that the message's session may be in. */
    static SessionKey of(OpenMessage message, boolean older) {
        return new SessionKey(message.getHost(), message.getService(), message.getSession(), older);
    }

    /** The first place of the session that a line is about. */
    static SessionKey of(LogLine line, Session session) {
        String name = session.id() == null ? Long.toString(line.pid()) : session.id();
        return new SessionKey(line.host(), session.service(), name, false);
    }

    /** Likewise; the statement's fact is one of a session. */
    static SessionKey of(Statement statement) {
        return of(statement.line(), ((InSession) statement.fact()).session());
    }

    /** The second place. */
    SessionKey second() {
        return new SessionKey(host, service, session, true);
    }
}
