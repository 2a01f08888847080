package org.slash64.connectors.fallback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.connectors.answer.Ipv4Fallback;
import org.slash64.connectors.fallback.Attempts.Sender;
import org.slash64.connectors.follow.TopicFollower;
import org.slash64.schemas.Address;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;

/**
 * Decides for one instance whether 421 is said: not to senders that never come over IPv4, not too often to one, not too often
 * in all, and not while it does not work. In doubt it is not said, so that nobody loses mail. Any thread.
 */
public final class FallbackController implements Ipv4Fallback, TopicFollower.Follower {

    /** What is to be followed. */
    public static final List<Topic<? extends SpecificRecord>> TOPICS = List.of(Topics.FALLBACK_SENDERS);

    private final Duration staleAfter;
    private final Clock clock;
    private final Attempts attempts;
    private final Budget budget;
    private final Breaker breaker;
    private final KnownSenders senders = new KnownSenders();
    private final Returns returns = new Returns();
    private final Map<Ruling, Long> rulings = new EnumMap<>(Ruling.class);
    private Optional<Instant> asOf = Optional.empty();

    /** @param staleAfter how old what is known may be */
    public FallbackController(FallbackSettings settings, Duration staleAfter, Clock clock) {
        this.staleAfter = staleAfter;
        this.clock = clock;
        attempts = new Attempts(settings.attempts(), settings.window());
        budget = new Budget(settings.perMinute());
        breaker = new Breaker(settings.breaker());
    }

    @Override
    public synchronized boolean mayTell(Address client, Optional<String> mailFrom, Instant now) {
        Sender sender = sender(client, mailFrom);
        Ruling ruling = rule(client, sender, now);
        rulings.merge(ruling, 1L, Long::sum);
        if (ruling != Ruling.TELL) {
            return false;
        }
        attempts.tell(sender, now);
        budget.take();
        breaker.tell(now);
        return true;
    }

    /** Says what {@link #mayTell} would say, for those who then tell nobody; nothing follows from it. */
    public Ipv4Fallback rehearsal() {
        return this::mayBeTold;
    }

    private synchronized boolean mayBeTold(Address client, Optional<String> mailFrom, Instant now) {
        return rule(client, sender(client, mailFrom), now) == Ruling.TELL;
    }

    /** Who has come over IPv4 is told again for each envelope sender, so that one that cannot is still let in. */
    private Sender sender(Address client, Optional<String> mailFrom) {
        boolean each = senders.comesBack(client);
        return new Sender(Prefix.finest(client), each ? mailFrom.orElse("") : "");
    }

    private Ruling rule(Address client, Sender sender, Instant now) {
        if (asOf.filter(known -> !known.plus(staleAfter).isBefore(now)).isEmpty()) {
            return Ruling.NOT_KNOWN;
        }
        if (senders.isExempt(client, now)) {
            return Ruling.EXEMPT;
        }
        if (!attempts.mayTell(sender, now)) {
            return Ruling.CAPPED;
        }
        if (!breaker.mayTell(now)) {
            return Ruling.BREAKER_OPEN;
        }
        return budget.isLeft(now) ? Ruling.TELL : Ruling.OVER_BUDGET;
    }

    @Override
    public synchronized void caughtUp(Instant now) {
        asOf = Optional.of(now);
    }

    /** What was there before the topic was first read to its end is no news. */
    @Override
    public synchronized void take(String topic, String key, SpecificRecord value) {
        FallbackSender sender = (FallbackSender) value;
        Optional.ofNullable(key).flatMap(Prefix::parse).ifPresent(network -> senders.take(network, sender));
        if (sender != null && asOf.isPresent()) {
            hear(sender);
        }
    }

    private void hear(FallbackSender news) {
        Instant now = clock.instant();
        returns.take(news);
        breaker.heard(now);
        boolean cameAgain = news.getChange() == FallbackChange.RETURNED || news.getChange() == FallbackChange.STAYED;
        if (cameAgain) {
            breaker.cameAgain(news.getChange() == FallbackChange.RETURNED, now);
        }
    }

    /** What was done, and what came of it. */
    public synchronized FallbackStatistics statistics() {
        return new FallbackStatistics(
                rulings,
                returns.returned(),
                returns.stayed(),
                returns.gone(),
                returns.median(),
                senders.exempt(clock.instant()),
                breaker.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                breaker.why());
    }
}
