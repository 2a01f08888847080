package org.slash64.topology.fallback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.state.FallbackState;
import org.slash64.schemas.state.MailOutcome;

/**
 * What a sender did with the 421 it was told. It earns its exemption by trying again: who is told once and gives up, as spam
 * robots do, loses no mail by it. Who comes over IPv4 can, and is exempt no longer.
 */
final class SenderHistory {

    /** Times of return that the median is of. */
    static final int MAX_RETURNS = 25;

    private final FallbackRules rules;
    private final FallbackState state;

    /** @param state is changed */
    SenderHistory(FallbackRules rules, FallbackState state) {
        this.rules = rules;
        this.state = state;
    }

    /** A sender of which nothing is known. */
    static FallbackState none(String network) {
        Instant never = Instant.EPOCH;
        FallbackSender sender = FallbackSender.newBuilder()
                .setNetwork(network)
                .setTold(0)
                .setDeferred(0)
                .setReturned(0)
                .setStayed(0)
                .setGone(0)
                .setFirstDeferred(never)
                .setLastDeferred(never)
                .setChange(FallbackChange.DEFERRED)
                .build();
        return new FallbackState(sender, new ArrayList<>(), 0L, 0L, 0L);
    }

    void apply(MailOutcome outcome) {
        FallbackSender sender = state.getSender();
        sender.setChange(outcome.getChange());
        sender.setReturnTime(null);
        switch (outcome.getChange()) {
            case DEFERRED -> {
                sender.setDeferred(sender.getDeferred() + 1);
                told(sender, outcome);
            }
            case AGAIN -> told(sender, outcome);
            case RETURNED -> returned(sender, outcome);
            case STAYED -> stayed(sender, outcome);
            case GONE -> sender.setGone(sender.getGone() + 1);
        }
    }

    private static void told(FallbackSender sender, MailOutcome outcome) {
        Instant time = Instant.ofEpochMilli(outcome.getTime());
        boolean first = sender.getTold() == 0;
        sender.setTold(sender.getTold() + 1);
        if (first || time.isBefore(sender.getFirstDeferred())) {
            sender.setFirstDeferred(time);
        }
        if (time.isAfter(sender.getLastDeferred())) {
            sender.setLastDeferred(time);
        }
    }

    private void returned(FallbackSender sender, MailOutcome outcome) {
        long after = outcome.getTime() - outcome.getFirst();
        Instant time = Instant.ofEpochMilli(outcome.getTime());
        sender.setReturned(sender.getReturned() + 1);
        sender.setReturnTime(after);
        if (sender.getLastReturned() == null || time.isAfter(sender.getLastReturned())) {
            sender.setLastReturned(time);
        }
        sender.setQuickestReturn(
                sender.getQuickestReturn() == null ? after : Math.min(after, sender.getQuickestReturn()));
        sender.setMedianReturn(median(after));
        sender.setExemptUntil(null);
        state.setInVain(0L);
    }

    private long median(long after) {
        List<Long> times = new ArrayList<>(state.getReturnTimes());
        times.add(after);
        List<Long> last = times.subList(Math.max(0, times.size() - MAX_RETURNS), times.size());
        state.setReturnTimes(new ArrayList<>(last));
        return last.stream().sorted().toList().get((last.size() - 1) / 2);
    }

    private void stayed(FallbackSender sender, MailOutcome outcome) {
        sender.setStayed(sender.getStayed() + 1);
        Instant returned = sender.getLastReturned();
        if (returned != null && returned.toEpochMilli() >= outcome.getFirst()) {
            return; // another mail of the same time did come over IPv4
        }
        long since = state.getInVain() == 0 ? outcome.getFirst() : Math.min(state.getInVainSince(), outcome.getFirst());
        state.setInVainSince(since);
        state.setInVain(state.getInVain() + outcome.getTries());
        boolean longEnough = outcome.getTime() - since >= rules.exemptOver().toMillis();
        if (state.getInVain() >= rules.exemptAfter() && longEnough) {
            sender.setExemptUntil(Instant.ofEpochMilli(outcome.getTime()).plus(rules.exemptFor()));
            state.setInVain(0L);
        }
    }

    /** When it is forgotten if nothing more comes, epoch milliseconds. */
    long forgottenAt() {
        FallbackSender sender = state.getSender();
        long told = sender.getLastDeferred().plus(rules.forgottenAfter()).toEpochMilli();
        return sender.getExemptUntil() == null
                ? told
                : Math.max(told, sender.getExemptUntil().toEpochMilli());
    }
}
