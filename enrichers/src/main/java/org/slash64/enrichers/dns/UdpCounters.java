package org.slash64.enrichers.dns;

import java.util.concurrent.atomic.LongAdder;

/** The running numbers behind {@link UdpStatistics}. Any thread. */
final class UdpCounters {
    final LongAdder sent = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder wrongId = new LongAdder();
    final LongAdder wrongQuestion = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder wrongCase = new LongAdder();
    final LongAdder socketsOpened = new LongAdder();
    final LongAdder socketsClosed = new LongAdder();

    UdpStatistics snapshot() {
        long closed = socketsClosed.sum(); // first, so that no socket counts as closed and not as opened
        long opened = socketsOpened.sum();
        return new UdpStatistics(
                sent.sum(),
                answered.sum(),
                timedOut.sum(),
                failed.sum(),
                wrongId.sum(),
                wrongQuestion.sum(),
                malformed.sum(),
                wrongCase.sum(),
                opened,
                opened - closed);
    }
}
