package org.slash64.enrichers.domain;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.DeadlineDns;
import org.slash64.enrichers.dns.Dns;

/**
 * Checks the names of an event: syntax, organisational domain, existence for mail, blocklists. The same name in several
 * roles is looked at once. Any thread.
 */
public final class DomainChecks {
    /** Names kept as read: under a kilobyte each, since longer text is not kept. */
    private static final int MAX_KNOWN = 20_000;

    private final Dns dns;
    private final DnsBlocklists blocklists;
    private final DomainLimits limits;
    private final Cache<String, KnownName> known =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).executor(Runnable::run).build();

    /** Checks with the default limits. */
    public DomainChecks(Dns dns, DnsBlocklists blocklists) {
        this(dns, blocklists, DomainLimits.DEFAULTS);
    }

    public DomainChecks(Dns dns, DnsBlocklists blocklists, DomainLimits limits) {
        this.dns = dns;
        this.blocklists = blocklists;
        this.limits = limits;
    }

    /** A name of the event, with all roles it has. */
    private record Subject(String text, KnownName known, Set<DomainRole> roles) {}

    /**
     * Checks names; never blocks.
     *
     * @param names those that matter most first; what is beyond the limit is passed over
     * @return complete at once when all answers are at hand; it fails only when the DNS client is closed
     */
    public CompletableFuture<DomainReport> check(List<SeenName> names) {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        int passedOver = 0;
        for (SeenName seen : names) {
            passedOver += add(subjects, seen) ? 0 : 1;
        }
        Dns asked = new DeadlineDns(dns, limits.deadline());
        List<CompletableFuture<DomainResult>> results = new ArrayList<>();
        for (Subject subject : subjects.values()) {
            results.add(check(asked, subject));
        }
        int ignored = passedOver;
        return Futures.all(results).thenApply(done -> new DomainReport(done, ignored));
    }

    private boolean add(Map<String, Subject> subjects, SeenName seen) {
        String text = seen.nameText();
        KnownName name = known(text);
        String key = name.name().isName() ? name.name().ascii() : Printable.of(text);
        Subject present = subjects.get(key);
        if (present != null) {
            present.roles.add(seen.role());
            return true;
        }
        if (subjects.size() == limits.names()) {
            return false;
        }
        subjects.put(key, new Subject(seen.text(), name, EnumSet.of(seen.role())));
        return true;
    }

    private KnownName known(String text) {
        return text.length() > DomainName.MAX_NAME ? KnownName.of(text) : known.get(text, KnownName::of);
    }

    private CompletableFuture<DomainResult> check(Dns asked, Subject subject) {
        DomainName name = subject.known.name();
        Registration registration = subject.known.registration();
        return new DomainExistence(asked)
                .check(name)
                .thenCombine(
                        blocklists.check(asked, name, registration),
                        (existence, answers) -> new DomainResult(
                                Printable.of(subject.text), subject.roles, name, registration, existence, answers));
    }
}
