package org.slash64.enrichers.dns;

/**
 * What went over UDP since a {@link DnsClient} was made. A datagram that is ignored neither ends a query nor costs a
 * try; where nobody forges any, such datagrams are late answers.
 *
 * @param sent queries sent
 * @param answered answers handed on, those to be asked for again over TCP included
 * @param timedOut queries that nobody answered in time
 * @param failed queries that could not be sent, or whose server's port was reported unreachable
 * @param wrongId ignored: no query with this id was in flight on the socket; forged, or later than its time-out
 * @param wrongQuestion ignored: the id fits, the question is another
 * @param malformed ignored: no DNS response, or one whose question cannot be read
 * @param wrongCase the question came back in other letter case than it was sent (asked for again over TCP)
 * @param socketsOpened sockets opened, each on a source port of its own
 * @param socketsOpen sockets open now
 */
public record UdpStatistics(
        long sent,
        long answered,
        long timedOut,
        long failed,
        long wrongId,
        long wrongQuestion,
        long malformed,
        long wrongCase,
        long socketsOpened,
        long socketsOpen) {}
