package org.slash64.enrichers.spf;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * One check, as a chain of {@link Step}s: check_host() of RFC 7208 section 4. It asks nobody itself. One thread at a
 * time.
 */
final class Evaluation {
    /** RFC 7208 section 7.3: what the p macro stands for when no name of the client is confirmed. */
    private static final String UNKNOWN_NAME = "unknown";

    /** About two replies of RFC 5321 section 4.5.3.1.5; RFC 7208 section 6.2 leaves it to the receiver. */
    private static final int MAX_EXPLANATION = 1_024;

    private final SpfQuery query;
    /** The same with A-labels, as macros see it: RFC 8616 section 4. */
    private final SpfQuery asciiQuery;

    private final ClientAddress client;
    private final Records records;
    private final String receiver;
    private final Clock clock;
    private final Tally tally;
    /** Mechanisms that matched, innermost first. */
    private final List<SpfMatch> matches = new ArrayList<>(2);

    private Optional<ClientNames> names = Optional.empty();
    /** Settled but for the explanation, after which no limit changes it. */
    private Optional<SpfStatus> settled = Optional.empty();

    private String reason = "";

    Evaluation(SpfQuery query, Records records, SpfLimits limits, String receiver, Clock clock) {
        this.query = query;
        this.asciiQuery = withALabels(query);
        this.client = ClientAddress.of(query.client());
        this.records = records;
        this.receiver = receiver;
        this.clock = clock;
        this.tally = new Tally(limits.voidLookups());
    }

    private static SpfQuery withALabels(SpfQuery query) {
        String domain = Domain.aLabels(query.domain());
        return new SpfQuery(query.client(), query.identity(), query.localPart(), domain, Domain.aLabels(query.helo()));
    }

    /** RFC 7208 section 4.3. */
    Step begin() {
        Optional<Domain> domain = Domain.of(asciiQuery.domain());
        if (domain.isEmpty() || !isChecked(domain.get().text())) {
            return done(SpfStatus.NONE, "no domain name of more than one label to check");
        }
        return ask(domain.get().name(), Type.TXT, answer -> begin(domain.get(), answer));
    }

    /** Neither a single label nor an address literal of RFC 5321 section 4.1.3. */
    private static boolean isChecked(String domain) {
        return domain.indexOf('.') >= 0 && !domain.startsWith("[");
    }

    private Step begin(Domain domain, DnsAnswer answer) {
        if (answer.outcome().isTemporary()) {
            return unanswered("the record", domain, answer);
        }
        Optional<ParsedRecord> found = records.select(domain.name(), answer);
        return found.isEmpty()
                ? done(SpfStatus.NONE, domain.shown() + " has no SPF record")
                : enter(domain, found.get(), Optional.empty());
    }

    /** What stands when the time is up: RFC 7208 section 4.6.4. */
    SpfResult outOfTime() {
        return settled.isPresent()
                ? result(settled.get(), Optional.empty(), false, reason)
                : result(SpfStatus.TEMPERROR, Optional.empty(), false, "DNS took too long");
    }

    private Step enter(Domain domain, ParsedRecord record, Optional<Frame> includedBy) {
        if (record instanceof ParsedRecord.Invalid invalid) {
            return error(SpfStatus.PERMERROR, domain.shown() + ": " + invalid.reason());
        }
        return run(new Frame(domain, ((ParsedRecord.Valid) record).spf(), includedBy));
    }

    private Step run(Frame frame) {
        while (frame.advance()) {
            Mechanism mechanism = frame.directive().mechanism();
            if (mechanism instanceof Mechanism.Ip ip) {
                if (ip.network().contains(client)) {
                    return matched(frame);
                }
            } else if (mechanism instanceof Mechanism.All) {
                return matched(frame);
            } else if (!tally.term()) {
                return tooManyTerms();
            } else if (!matchesNothing(mechanism)) {
                return askFor(frame, mechanism);
            }
        }
        return unmatched(frame);
    }

    private boolean matchesNothing(Mechanism mechanism) {
        return mechanism.spec().filter(this::matchesNothing).isPresent();
    }

    /** RFC 8616 section 4: no name in DNS stands for a local part beyond ASCII. */
    private boolean matchesNothing(MacroString spec) {
        return spec.namesLocalPart() && !Ascii.isAscii(query.localPart());
    }

    private Step tooManyTerms() {
        return error(SpfStatus.PERMERROR, "more than " + SpfLimits.MAX_DNS_TERMS + " terms that ask DNS");
    }

    private Step askFor(Frame frame, Mechanism mechanism) {
        if (mechanism instanceof Mechanism.Include) {
            return target(frame, mechanism.spec(), target -> include(frame, target));
        } else if (mechanism instanceof Mechanism.A a) {
            return target(frame, mechanism.spec(), target -> a(frame, a, target));
        } else if (mechanism instanceof Mechanism.Mx mx) {
            return target(frame, mechanism.spec(), target -> mx(frame, mx, target));
        } else if (mechanism instanceof Mechanism.Exists) {
            return target(frame, mechanism.spec(), target -> exists(frame, target));
        } else if (mechanism instanceof Mechanism.Ptr) {
            return target(frame, mechanism.spec(), target -> ptr(frame, target));
        }
        throw new IllegalStateException(mechanism + " asks nobody");
    }

    /** RFC 7208 section 4.8. What comes out may be no name, and then nothing can be asked. */
    private Step target(Frame frame, Optional<MacroString> spec, Function<Optional<Domain>, Step> then) {
        if (spec.isEmpty()) {
            return then.apply(Optional.of(frame.domain));
        }
        MacroString text = spec.get();
        if (text.isLiteral()) {
            return then.apply(text.constant());
        }
        if (!text.namesClient()) {
            return then.apply(text.target(values(frame)));
        }
        return countedNames(() -> then.apply(text.target(values(frame))));
    }

    /** The question for the client's names counts as a term's (RFC 7208 section 4.6.4), once. */
    private Step countedNames(Supplier<Step> then) {
        boolean free = names.isPresent() || settled.isPresent();
        return free || tally.term() ? names(then) : tooManyTerms();
    }

    private MacroValues values(Frame frame) {
        String name = names.flatMap(known -> known.best(frame.domain)).orElse(UNKNOWN_NAME);
        return new MacroValues(asciiQuery, client, frame.domain.text(), name, receiver, clock);
    }

    /** RFC 7208 section 5.2. */
    private Step include(Frame frame, Optional<Domain> target) {
        if (target.isEmpty()) {
            return noTarget(frame);
        }
        Domain domain = target.get();
        return askForTerm(domain.name(), Type.TXT, answer -> {
            if (answer.outcome().isTemporary()) {
                return unanswered("the included record", domain, answer);
            }
            Optional<ParsedRecord> found = records.select(domain.name(), answer);
            return found.isEmpty() ? noRecord(domain) : enter(domain, found.get(), Optional.of(frame));
        });
    }

    private Step noTarget(Frame frame) {
        return error(SpfStatus.PERMERROR, frame.domain.shown() + ": a target that is no domain name");
    }

    private Step noRecord(Domain domain) {
        return error(SpfStatus.PERMERROR, domain.shown() + ", which another record points to, has no SPF record");
    }

    /** RFC 7208 section 5.3. */
    private Step a(Frame frame, Mechanism.A a, Optional<Domain> target) {
        if (target.isEmpty()) {
            return run(frame);
        }
        return askForTerm(
                target.get().name(),
                client.recordType(),
                answer -> addresses(frame, answer, a.prefix4(), a.prefix6(), () -> run(frame)));
    }

    private Step addresses(Frame frame, DnsAnswer answer, int prefix4, int prefix6, Supplier<Step> otherwise) {
        if (answer.outcome().isTemporary()) {
            return unanswered(frame, answer);
        }
        for (Record record : answer.records()) {
            if (client.isNear(record, prefix4, prefix6)) {
                return matched(frame);
            }
        }
        return otherwise.get();
    }

    /** RFC 7208 section 5.4. */
    private Step mx(Frame frame, Mechanism.Mx mx, Optional<Domain> target) {
        if (target.isEmpty()) {
            return run(frame);
        }
        return askForTerm(target.get().name(), Type.MX, answer -> {
            if (answer.outcome().isTemporary()) {
                return unanswered(frame, answer);
            }
            return mxHost(frame, mx, hosts(answer), 0);
        });
    }

    /** In an order that does not change with the server's; the root is no host (RFC 7505). */
    private static List<Name> hosts(DnsAnswer answer) {
        return answer.records(MXRecord.class).stream()
                .sorted(Comparator.comparingInt(MXRecord::getPriority).thenComparing(MXRecord::getTarget))
                .map(MXRecord::getTarget)
                .filter(host -> !host.equals(Name.root))
                .toList();
    }

    private Step mxHost(Frame frame, Mechanism.Mx mx, List<Name> hosts, int index) {
        if (index == hosts.size()) {
            return run(frame);
        }
        if (index == SpfLimits.MAX_MX_NAMES) {
            return error(
                    SpfStatus.PERMERROR,
                    frame.domain.shown() + ": " + text(frame) + " has more than " + SpfLimits.MAX_MX_NAMES + " names");
        }
        return askForTerm(
                hosts.get(index),
                client.recordType(),
                answer -> addresses(
                        frame, answer, mx.prefix4(), mx.prefix6(), () -> mxHost(frame, mx, hosts, index + 1)));
    }

    /** RFC 7208 section 5.7: type A for IPv6 clients too. */
    private Step exists(Frame frame, Optional<Domain> target) {
        if (target.isEmpty()) {
            return run(frame);
        }
        return askForTerm(target.get().name(), Type.A, answer -> {
            if (answer.outcome().isTemporary()) {
                return unanswered(frame, answer);
            }
            return answer.records().stream().anyMatch(ARecord.class::isInstance) ? matched(frame) : run(frame);
        });
    }

    /** RFC 7208 section 5.5. */
    private Step ptr(Frame frame, Optional<Domain> target) {
        if (target.isEmpty()) {
            return run(frame);
        }
        return names(() -> names.orElseThrow().anyIn(target.get()) ? matched(frame) : run(frame));
    }

    /** Finds the client's names out if they are not known. A failure of DNS only means that there are fewer. */
    private Step names(Supplier<Step> then) {
        if (names.isPresent()) {
            return then.get();
        }
        return askForTerm(client.reverseName(), Type.PTR, answer -> {
            ClientNames found = new ClientNames(client, answer);
            names = Optional.of(found);
            return confirm(found, 0, then);
        });
    }

    /** Void answers do not count here: the record's domain has no say in what names a client has. */
    private Step confirm(ClientNames found, int index, Supplier<Step> then) {
        if (index == found.tested().size()) {
            return then.get();
        }
        Name name = found.tested().get(index);
        return ask(name, client.recordType(), answer -> {
            found.addresses(name, answer);
            return confirm(found, index + 1, then);
        });
    }

    private Step matched(Frame frame) {
        matches.add(frame.match());
        SpfStatus status = frame.directive().qualifier().status();
        if (frame.includedBy.isEmpty()) {
            return settle(frame, status);
        }
        if (status == SpfStatus.PASS) {
            return matched(frame.includedBy.get());
        }
        matches.clear();
        return run(frame.includedBy.get());
    }

    /** RFC 7208 sections 4.7 and 6.1. */
    private Step unmatched(Frame frame) {
        Optional<MacroString> redirect = frame.spf.redirect().filter(spec -> !matchesNothing(spec));
        if (redirect.isPresent()) {
            return tally.term() ? target(frame, redirect, target -> redirect(frame, target)) : tooManyTerms();
        }
        return frame.includedBy.isPresent()
                ? run(frame.includedBy.get())
                : done(SpfStatus.NEUTRAL, "no mechanism of " + frame.domain.shown() + " matches");
    }

    private Step redirect(Frame frame, Optional<Domain> target) {
        if (target.isEmpty()) {
            return noTarget(frame);
        }
        Domain domain = target.get();
        return askForTerm(domain.name(), Type.TXT, answer -> {
            if (answer.outcome().isTemporary()) {
                return unanswered("the redirected record", domain, answer);
            }
            Optional<ParsedRecord> found = records.select(domain.name(), answer);
            return found.isEmpty() ? noRecord(domain) : enter(domain, found.get(), frame.includedBy);
        });
    }

    private Step settle(Frame frame, SpfStatus status) {
        Collections.reverse(matches);
        reason = matches.get(matches.size() - 1).directive()
                + " of "
                + matches.get(matches.size() - 1).domain()
                + " matches";
        if (status != SpfStatus.FAIL || frame.spf.explanation().isEmpty()) {
            return done(status, reason);
        }
        settled = Optional.of(status);
        return target(frame, frame.spf.explanation(), target -> explain(frame, target));
    }

    /** RFC 7208 section 6.2: whatever goes wrong, the result stands and there is no explanation. */
    private Step explain(Frame frame, Optional<Domain> target) {
        if (target.isEmpty()) {
            return explained(Optional.empty());
        }
        return ask(target.get().name(), Type.TXT, answer -> {
            List<TXTRecord> texts = answer.records(TXTRecord.class);
            return texts.size() == 1 ? explain(frame, Records.text(texts.get(0))) : explained(Optional.empty());
        });
    }

    private Step explain(Frame frame, String text) {
        try {
            MacroString explanation = MacroParser.explanation(text);
            Supplier<Step> expand = () -> explained(explanation.text(values(frame), MAX_EXPLANATION));
            return explanation.namesClient() ? names(expand) : expand.get();
        } catch (SyntaxException e) {
            return explained(Optional.empty());
        }
    }

    private Step explained(Optional<String> explanation) {
        return new Step.Done(result(settled.orElseThrow(), explanation, false, reason));
    }

    private Step unanswered(Frame frame, DnsAnswer answer) {
        return unanswered(text(frame), frame.domain, answer);
    }

    private Step unanswered(String what, Domain domain, DnsAnswer answer) {
        return error(
                SpfStatus.TEMPERROR,
                "DNS failed on " + what + " of " + domain.shown() + ": " + answer.outcome() + ", " + answer.detail());
    }

    private static String text(Frame frame) {
        return frame.directive().text();
    }

    /** A question of a term: its void answers count. */
    private Step askForTerm(Name name, int type, Function<DnsAnswer, Step> then) {
        return ask(name, type, answer -> {
            if (settled.isEmpty() && !tally.answer(answer)) {
                matches.clear();
                return new Step.Done(
                        result(SpfStatus.PERMERROR, Optional.empty(), true, "too many void lookups: " + tally.voids()));
            }
            return then.apply(answer);
        });
    }

    private Step ask(Name name, int type, Function<DnsAnswer, Step> then) {
        tally.query();
        return new Step.Ask(name, type, then);
    }

    /** An error anywhere is the result of the whole: RFC 7208 sections 5 and 5.2. */
    private Step error(SpfStatus status, String why) {
        matches.clear();
        return done(status, why);
    }

    private Step done(SpfStatus status, String why) {
        return new Step.Done(result(status, Optional.empty(), false, why));
    }

    private SpfResult result(SpfStatus status, Optional<String> explanation, boolean voidLimit, String why) {
        String domain = query.domain();
        return new SpfResult(
                status,
                domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain,
                explanation,
                matches,
                tally.terms(),
                tally.queries(),
                tally.voids(),
                voidLimit,
                why);
    }
}
