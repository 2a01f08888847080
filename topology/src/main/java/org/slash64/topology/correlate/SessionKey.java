package org.slash64.topology.correlate;

import org.slash64.schemas.state.OpenSession;

/**
 * The place of a session: the process that serves it.
 *
 * @param older true for the second place of a process, which holds lines from before the connect of the session in the
 *     first place: they were sent again, or belong to an older log
 */
public record SessionKey(String host, String service, long pid, boolean older) {

    /** The place that the session is in. */
    public static SessionKey of(OpenSession session) {
        return new SessionKey(session.getHost(), session.getService(), session.getPid(), session.getOlder());
    }
}
