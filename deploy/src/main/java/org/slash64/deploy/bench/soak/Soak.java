package org.slash64.deploy.bench.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slash64.deploy.bench.Machine;
import org.slash64.deploy.pipeline.Folders;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.testkit.dns.Fault;

/** One run: load and faults by a {@link Schedule}, the end of all that is under way, and the accounts. */
final class Soak {

    /** From so many minutes on the memory is judged: before, the program warms up. */
    static final int FLAT_FROM_MINUTES = 5;

    private static final Duration SLOW = Duration.ofMillis(700);
    private static final Duration VERY_SLOW = Duration.ofMillis(1_500);

    /** Times the events that may wait in all tasks together. */
    private static final int BURST = 10;

    /** Of the burst, so many must have had to wait before the queue. */
    private static final int SHARE_BEFORE = 4;

    /** So much of the run is left out of what is judged of the memory: caches fill, and tasks change their place. */
    private static final double WARM_UP = 0.3;

    private static final Duration AHEAD = Duration.ofHours(1);

    /** A session whose last line is an hour older than the host's clock is over, and the clock never goes back. */
    private static final Duration BEHIND = Duration.ofMinutes(30);

    /** Later than all that was counted, and not so late that it would not be believed. */
    private static final Duration LATER = Duration.ofMinutes(9);

    /** Of them each partition gets some. */
    private static final int LATER_EVENTS = 200;

    private static final int HEAP_PERCENT = 25;
    private static final long HEAP_MIB = 16;
    private static final long THREADS = 4;
    private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int minutes;
    private final int perSecond;
    private final Consumer<String> progress;
    private final List<Long> heap = new ArrayList<>();
    private final List<Long> threads = new ArrayList<>();
    private SoakSite site;
    private SoakLoad load;
    private boolean slow;
    private boolean full;
    private long mostKeptSlow;
    private long mostLag;
    private long began;
    private boolean starting;
    private int restarts;
    private int kills;

    /** @param progress told of what happens as it happens */
    Soak(int minutes, int perSecond, Consumer<String> progress) {
        this.minutes = minutes;
        this.perSecond = perSecond;
        this.progress = progress;
    }

    SoakResult run() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        Path folder = Files.createTempDirectory("slash64-bench");
        try {
            return run(folder, machine);
        } finally {
            Folders.delete(folder);
        }
    }

    private SoakResult run(Path folder, Machine machine) throws IOException, InterruptedException {
        progress.accept("soak: starting a broker, a registry, a DNS server and two instances");
        try (SoakSite started = SoakSite.start(folder, SoakLoad.zone());
                RegistryClient registry = started.endpoints().registry();
                SoakLoad begun =
                        SoakLoad.start(Clock.systemUTC(), perSecond, started.log(), started.endpoints(), registry)) {
            site = started;
            load = begun;
            Thread hook = new Thread(site::killInstances, "soak-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            disturb();
            settle();
            tell("counting all of it once more");
            Recount recount = Recount.of(site.endpoints(), load.putIn());
            recount.differences().forEach(difference -> progress.accept("soak: " + difference));
            SoakResult result = result(recount, machine);
            Runtime.getRuntime().removeShutdownHook(hook);
            return result;
        }
    }

    private void disturb() throws IOException, InterruptedException {
        Schedule schedule = Schedule.of(Duration.ofMinutes(minutes));
        long sampled = System.nanoTime();
        began = sampled;
        Duration elapsed = Duration.ZERO;
        while (!schedule.isOver(elapsed)) {
            Optional<Schedule.Step> due = schedule.due(elapsed);
            if (due.isPresent()) {
                tell(due.get().toString());
                take(due.get());
            }
            tellOfRecovery();
            sampleWaiting();
            if (System.nanoTime() - sampled >= SAMPLE_NANOS) {
                sampled = System.nanoTime();
                sampleMemory();
            }
            site.check();
            load.check();
            SoakSite.pause();
            elapsed = elapsed();
        }
    }

    private void take(Schedule.Step step) throws IOException, InterruptedException {
        boolean begins = step.begins();
        switch (step.trouble()) {
            case DNS_OUTAGE -> answer(begins ? Optional.of(new Fault.Drop()) : Optional.empty());
            case DNS_SLOW -> {
                slow = begins;
                answer(begins ? Optional.of(new Fault.Delay(SLOW)) : Optional.empty());
            }
            case FULL_QUEUE -> {
                full = begins;
                answer(begins ? Optional.of(new Fault.Delay(VERY_SLOW)) : Optional.empty());
                if (begins) {
                    load.burst(BURST * mostInFlight());
                }
            }
            case BROKER_RESTART -> {
                site.restartBroker();
                restarts++;
            }
            case INSTANCE_KILL -> killOrStart(begins);
            case CLOCK_AHEAD -> load.stepClock(begins ? AHEAD : Duration.ZERO);
            case CLOCK_BEHIND -> load.stepClock(begins ? BEHIND.negated() : Duration.ZERO);
        }
    }

    private void tellOfRecovery() throws InterruptedException {
        if (starting && site.isOtherWorking()) {
            starting = false;
            tell("the killed instance works again");
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void tell(String what) {
        progress.accept("soak: " + elapsed().toSeconds() + " s: " + what);
    }

    private void answer(Optional<Fault> fault) {
        fault.ifPresentOrElse(site.dns()::injectAll, site.dns()::heal);
    }

    private void killOrStart(boolean begins) throws IOException, InterruptedException {
        if (begins) {
            site.killOther();
            kills++;
        } else {
            site.restartOther();
            starting = true;
        }
    }

    private int mostInFlight() {
        return SoakSite.MAX_IN_FLIGHT * site.tasks();
    }

    private void sampleMemory() throws InterruptedException {
        site.steadyMetrics().ifPresent(page -> {
            heap.add((long) page.sum("jvm_memory_used_bytes", "area=\"heap\"") >> 20);
            threads.add((long) page.sum("jvm_threads_live_threads", ""));
        });
    }

    private void sampleWaiting() throws InterruptedException {
        if (slow) {
            mostKeptSlow = Math.max(mostKeptSlow, site.kept());
        } else if (full) {
            mostLag = Math.max(mostLag, site.lag());
        }
    }

    /** Lets all that is under way come to its end, then the windows close, and the instances stop. */
    private void settle() throws IOException, InterruptedException {
        tell("the load ends; waiting for the rest");
        load.end();
        site.awaitWorking();
        tellOfRecovery();
        site.awaitQuiet();
        tell("all is quiet; closing windows");
        load.later(LATER_EVENTS, LATER);
        site.awaitQuiet();
        tell("stopping the instances");
        site.stopInstances();
    }

    private SoakResult result(Recount recount, Machine machine) {
        PutIn putIn = load.putIn();
        return new SoakResult(
                minutes,
                perSecond,
                new SoakResult.Given(
                        putIn.lines().total() + putIn.oversized().total(),
                        putIn.events().total(),
                        putIn.malformed().get()),
                recount.verdicts(),
                recount.lines(),
                recount.letters(),
                recount.closedWindows(),
                recount.accounts(),
                effects(recount),
                flatness(),
                machine);
    }

    private List<Effect> effects(Recount recount) {
        long setAside =
                recount.letters().values().stream().mapToLong(Long::longValue).sum();
        return List.of(
                new Effect(Trouble.DNS_OUTAGE.words(), recount.unanswered(), 1, "verdicts that DNS did not answer for"),
                new Effect(Trouble.DNS_SLOW.words(), mostKeptSlow, 1, "events that waited at once"),
                new Effect(
                        Trouble.FULL_QUEUE.words(),
                        mostLag,
                        BURST * mostInFlight() / SHARE_BEFORE,
                        "records that waited before the queue"),
                new Effect(Trouble.BROKER_RESTART.words(), restarts, 1, "restarts"),
                new Effect(Trouble.INSTANCE_KILL.words(), kills, 1, "kills"),
                new Effect("clock steps", recount.outOfOrder(), 1, "lines out of order"),
                new Effect("malformed input", setAside, 1, "dead letters"));
    }

    private List<Flatness> flatness() {
        return minutes < FLAT_FROM_MINUTES
                ? List.of()
                : List.of(
                        Flatness.of("heap, MiB", warm(heap), HEAP_PERCENT, HEAP_MIB),
                        Flatness.of("threads", warm(threads), 0, THREADS));
    }

    private static List<Long> warm(List<Long> samples) {
        return samples.subList((int) (samples.size() * WARM_UP), samples.size());
    }
}
