package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLoopTest {
    private static final long MILLI = 1_000_000;

    private final EventLoop loop = new EventLoop("test-loop");
    private final List<String> done = new ArrayList<>(); // of the loop's thread until it has ended

    @AfterEach
    void close() {
        loop.close();
    }

    private void await() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        loop.execute(latch::countDown);
        latch.await();
    }

    @Test
    void execute_tasks_runInOrder() throws Exception {
        for (int i = 0; i < 3; i++) {
            String name = "task " + i;
            loop.execute(() -> done.add(name));
        }
        await();
        assertThat(done).containsExactly("task 0", "task 1", "task 2");
    }

    @Test
    void execute_taskThatThrows_endsNothingElse() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        await();
        assertThat(loop.isClosed()).isFalse();
    }

    @Test
    void execute_fromManyThreads_losesNone() throws Exception {
        AtomicInteger run = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int task = 0; task < 10_000; task++) {
                    loop.execute(run::incrementAndGet);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        await();
        assertThat(run).hasValue(40_000);
    }

    @Test
    void at_severalTimes_runByTimeAndThenInOrder() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        loop.execute(() -> {
            long now = System.nanoTime();
            loop.at(now + 30 * MILLI, last::countDown);
            loop.at(now + 20 * MILLI, () -> done.add("later"));
            loop.at(now + 10 * MILLI, () -> done.add("sooner"));
            loop.at(now + 20 * MILLI, () -> done.add("later too"));
        });
        last.await();
        assertThat(done).containsExactly("sooner", "later", "later too");
    }

    @Test
    void cancel_timer_isNotRun() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        loop.execute(() -> {
            long now = System.nanoTime();
            EventLoop.Timer cancelled = loop.at(now + 10 * MILLI, () -> done.add("cancelled"));
            loop.at(now + 20 * MILLI, last::countDown);
            loop.cancel(cancelled);
        });
        last.await();
        assertThat(done).isEmpty();
    }

    @Test
    void close_tasksTakenBefore_haveRunAndFarewellsAreLast() {
        loop.atEnd(() -> done.add("farewell"));
        loop.execute(() -> done.add("task"));
        loop.close();
        assertThat(done).containsExactly("task", "farewell");
        assertThatThrownBy(() -> loop.execute(() -> done.add("late"))).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void close_fromItsOwnThread_doesNotWaitForItself() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.atEnd(() -> ended.complete(null));
        loop.execute(loop::close);
        ended.get();
        assertThat(loop.isClosed()).isTrue();
    }
}
