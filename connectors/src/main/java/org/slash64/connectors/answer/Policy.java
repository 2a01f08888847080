package org.slash64.connectors.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slash64.enrichers.authentication.AuthenticationOutcome;
import org.slash64.enrichers.authentication.Authenticator;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.schemas.Address;
import org.slash64.schemas.Exemptions;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.Prefix;

/**
 * What the operator wants done. Of the grounds that are found the one with the strictest action decides. Nothing is held
 * against the site's own sessions and allowlisted clients, nor where what is known is too old.
 *
 * @param actions for each ground; {@link Ground#byDefault} for those that it leaves out
 * @param insteadOf421 what is done where 421 is chosen and cannot be said without losing mail
 * @param goodDomainsPassLimits true where mail that SPF proves to be of a domain in good standing passes the limits of
 *     prefixes; not mail with a signature alone, which anybody can send again
 * @param exemptions whose sessions are not judged
 * @param staleAfter how old what is known may be
 * @param link to where refused people read more
 */
public record Policy(
        Map<Ground, Action> actions,
        Action insteadOf421,
        boolean goodDomainsPassLimits,
        Exemptions exemptions,
        Duration staleAfter,
        Optional<LinkTemplate> link) {

    /** Name of the header field that marks mail. */
    public static final String FIELD = "X-slash64";

    /** RFC 5321 section 4.2.2: not now; and the server closes the connection. */
    private static final int DEFERRED = 450;

    private static final int CLOSING = 421;
    private static final Duration STALE_AFTER = Duration.ofMinutes(5);

    /** Completes and copies the actions. */
    public Policy {
        if (insteadOf421.compareTo(Action.QUARANTINE) >= 0) {
            throw new IllegalArgumentException("instead of 421 mail is accepted, marked or not");
        }
        Map<Ground, Action> all = new EnumMap<>(Ground.class);
        for (Ground ground : Ground.values()) {
            all.put(ground, actions.getOrDefault(ground, ground.byDefault()));
        }
        actions = Map.copyOf(all);
    }

    /** What holds unless configured otherwise. */
    public static Policy defaults() {
        return new Policy(Map.of(), Action.ACCEPT, true, Exemptions.defaults(), STALE_AFTER, Optional.empty());
    }

    /** The same for other sessions. */
    public Policy withExemptions(Exemptions others) {
        return new Policy(actions, insteadOf421, goodDomainsPassLimits, others, staleAfter, link);
    }

    /** The same with other actions. */
    public Policy withActions(Map<Ground, Action> others) {
        return new Policy(others, insteadOf421, goodDomainsPassLimits, exemptions, staleAfter, link);
    }

    /** The same with something else instead of 421. */
    public Policy withInsteadOf421(Action other) {
        return new Policy(actions, other, goodDomainsPassLimits, exemptions, staleAfter, link);
    }

    /** True where some clients are to be told to come over IPv4. */
    public boolean says421() {
        return actions.containsValue(Action.TRY_IPV4);
    }

    /** The same with what is done instead of 421 in its place. */
    public Policy without421() {
        Map<Ground, Action> others = new EnumMap<>(actions);
        others.replaceAll((ground, action) -> action == Action.TRY_IPV4 ? insteadOf421 : action);
        return withActions(others);
    }

    /** The same with another link. */
    public Policy withLink(LinkTemplate template) {
        return new Policy(actions, insteadOf421, goodDomainsPassLimits, exemptions, staleAfter, Optional.of(template));
    }

    /**
     * The answer where it needs no DNS: nobody asks who sends that comes from a listed client, if that is to be rejected.
     *
     * @return empty where DNS is to be asked first
     */
    public Optional<Opinion> atOnce(Mail mail, Knowledge known, Instant now) {
        Optional<Opinion.Basis> none = reasonForNone(mail, known, now);
        if (none.isPresent()) {
            return Optional.of(Opinion.none(none.get(), Optional.empty()));
        }
        return actions.get(Ground.LISTED_CLIENT) == Action.REJECT
                ? known.listing(client(mail), now)
                        .map(listed -> decide(List.of(listedClient(listed)), mail, Optional.empty()))
                : Optional.empty();
    }

    private Optional<Opinion.Basis> reasonForNone(Mail mail, Knowledge known, Instant now) {
        if (exemptions.reason(mail.loggedIn(), mail.service(), mail.client()).isPresent()) {
            return Optional.of(Opinion.Basis.EXEMPT);
        }
        if (known.asOf().filter(asOf -> !asOf.plus(staleAfter).isBefore(now)).isEmpty()) {
            return Optional.of(Opinion.Basis.STALE);
        }
        return known.isAllowed(client(mail)) ? Optional.of(Opinion.Basis.ALLOWED) : Optional.empty();
    }

    /** Who has no address is exempt. */
    private static Address client(Mail mail) {
        return mail.client().orElseThrow();
    }

    /**
     * The answer when DNS was asked. A pure function of these.
     *
     * @param checked what it said in time
     */
    public Opinion judge(Mail mail, Knowledge known, Checked checked, Instant now) {
        Optional<Opinion.Basis> none = reasonForNone(mail, known, now);
        if (none.isPresent()) {
            return Opinion.none(none.get(), Optional.of(checked));
        }
        List<Found> found = new ArrayList<>();
        known.listing(client(mail), now).map(Policy::listedClient).ifPresent(found::add);
        List<Proven> proven = Proven.of(checked.authentication());
        for (Proven one : proven) {
            known.listing(one.domain(), now).map(Policy::listedDomain).ifPresent(found::add);
        }
        limits(client(mail), proven, known, now).forEach(limit -> ofLimit(limit).ifPresent(found::add));
        if (client(mail).v6()) {
            ofIpv6(client(mail), checked.findings(), found);
        }
        return decide(found, mail, Optional.of(checked));
    }

    private static Found listedClient(Listed listed) {
        return new Found(
                Ground.LISTED_CLIENT,
                Optional.of(listed.subject()),
                "the client's prefix " + listed.subject() + " is listed: " + listed.reason());
    }

    private static Found listedDomain(Listed listed) {
        return new Found(
                Ground.LISTED_DOMAIN,
                Optional.of(listed.subject()),
                "the domain " + listed.subject() + " is listed: " + listed.reason());
    }

    /** Each once, though several domains be of one organisation. */
    private Set<Limit> limits(Address client, List<Proven> proven, Knowledge known, Instant now) {
        Set<Limit> limits = new LinkedHashSet<>();
        if (!goodDomainsPassLimits || !isGoodBySpf(proven, known)) {
            limits.addAll(known.limits(client, now));
        }
        for (Proven one : proven) {
            if (!known.isAllowed(one.organisational())) {
                limits.addAll(known.limits(one.organisational(), now));
            }
        }
        return limits;
    }

    private static boolean isGoodBySpf(List<Proven> proven, Knowledge known) {
        for (Proven one : proven) {
            if (one.isGoodBySpf(known)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Found> ofLimit(Limit limit) {
        return ground(limit.action())
                .map(ground -> new Found(
                        ground, Optional.of(limit.subject()), limit.subject() + " sends too much: " + limit.words()));
    }

    /** None where the rule asks for a listing, which is a record of its own. */
    private static Optional<Ground> ground(LimitAction action) {
        return switch (action) {
            case REJECT -> Optional.of(Ground.LIMIT_REJECT);
            case DEFER -> Optional.of(Ground.LIMIT_DEFER);
            case MARK -> Optional.of(Ground.LIMIT_MARK);
            case LIST -> Optional.empty();
        };
    }

    private static void ofIpv6(Address client, Findings findings, List<Found> found) {
        FcrdnsStatus reverse = findings.client().orElse(FcrdnsStatus.TEMPERROR);
        if (reverse == FcrdnsStatus.PERMERROR) {
            found.add(ofIpv6(Ground.NO_PTR, client, "the IPv6 client has no PTR record"));
        }
        if (reverse == FcrdnsStatus.FAIL) {
            found.add(ofIpv6(Ground.FCRDNS_FAIL, client, "no PTR name of the IPv6 client has its address"));
        }
        if (isUnauthenticated(findings)) {
            found.add(
                    ofIpv6(Ground.UNAUTHENTICATED, client, "over IPv6 mail must pass SPF or DKIM, and passes neither"));
        }
    }

    private static Found ofIpv6(Ground ground, Address client, String words) {
        return new Found(ground, Optional.of(Prefix.finest(client)), words);
    }

    /** The sender's half of mandatory authentication: summed up as for a client whose reverse DNS passes. */
    private static boolean isUnauthenticated(Findings findings) {
        if (findings.dkim().isEmpty()) {
            return false;
        }
        Findings sender = new Findings(
                Optional.of(FcrdnsStatus.PASS), findings.mailFrom(), findings.helo(), findings.dkim(), List.of());
        return Authenticator.summarise(sender).outcome() == AuthenticationOutcome.FAILED;
    }

    private Opinion decide(List<Found> found, Mail mail, Optional<Checked> checked) {
        if (found.isEmpty()) {
            return Opinion.none(Opinion.Basis.POLICY, checked);
        }
        List<Found> held = found.stream()
                .filter(one -> action(one, mail) != Action.ACCEPT)
                .sorted(Comparator.comparing((Found one) -> action(one, mail)).reversed())
                .toList();
        Answer answer = held.isEmpty() ? new Answer.NoOpinion() : answer(held, action(held.get(0), mail));
        return new Opinion(
                answer,
                Opinion.Basis.POLICY,
                held.stream().map(Found::ground).distinct().toList(),
                checked);
    }

    private Action action(Found found, Mail mail) {
        Action action = actions.get(found.ground());
        return action == Action.TRY_IPV4 && !client(mail).v6() ? Action.DEFER : action;
    }

    private Answer answer(List<Found> held, Action action) {
        Found decisive = held.get(0);
        Replies replies = new Replies(link);
        return switch (action) {
            case ACCEPT -> new Answer.NoOpinion();
            case MARK -> new Answer.Mark(FIELD, Replies.mark(held));
            case QUARANTINE -> new Answer.Quarantine(replies.permanent(decisive));
            case DEFER -> new Answer.Defer(replies.temporary(decisive, DEFERRED));
            case TRY_IPV4 -> new Answer.TryIpv4(replies.temporary(decisive, CLOSING));
            case REJECT -> new Answer.Reject(replies.permanent(decisive));
        };
    }
}
