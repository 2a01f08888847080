package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
import org.slash64.connectors.milter.Milter;

/** What the milter did. */
final class MilterMetrics implements MeterBinder {

    private final Milter milter;

    MilterMetrics(Milter milter) {
        this.milter = milter;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<Milter> meters = new Meters<>(registry, "slash64.milter", milter);
        answer(meters, "accept", from -> from.statistics().accepted());
        answer(meters, "mark", from -> from.statistics().marked());
        answer(meters, "quarantine", from -> from.statistics().quarantined());
        answer(meters, "reject", from -> from.statistics().rejected());
        answer(meters, "defer", from -> from.statistics().deferred());
        answer(meters, "try_ipv4", from -> from.statistics().sentToIpv4());
        meters.counter(
                "aborted",
                "Messages begun and not seen to their end.",
                from -> from.statistics().aborted());
        meters.counter(
                "observations.lost",
                "Observations that nobody could take.",
                from -> from.statistics().unobserved());
        meters.counter(
                "broken.off",
                "Connections ended because the other side did not keep to the protocol or the limits.",
                from -> from.statistics().brokenOff());
        meters.gauge(
                "held.bytes",
                "Bytes of headers and unfinished frames.",
                from -> from.statistics().heldBytes());
        new Meters<>(registry, "slash64", milter)
                .with("service", "milter")
                .counter(
                        "failed.open",
                        PolicyMetrics.FAILED_OPEN,
                        from -> from.statistics().failedOpen()
                                + from.statistics().stale());
    }

    private static void answer(Meters<Milter> meters, String action, ToLongFunction<Milter> count) {
        meters.with("action", action).counter("answers", "Messages by what was done with them.", count);
    }
}
