package org.slash64.deploy.explain;

import java.util.List;
import java.util.Optional;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.deploy.state.StateUnavailableException;
import org.slash64.deploy.state.SubjectState;
import org.slash64.deploy.state.SubjectStates;
import org.slash64.deploy.view.Allowance;
import org.slash64.deploy.view.ChangeEntry;
import org.slash64.deploy.view.LimitEntry;
import org.slash64.deploy.view.ListingEntry;
import org.slash64.deploy.view.ReputationEntry;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/** Puts together what is known of a subject, for the API and the command line alike. */
public final class Storyteller {

    private final PublishedState published;
    private final TopicView view;
    private final SubjectStates states;

    public Storyteller(PublishedState published, TopicView view, SubjectStates states) {
        this.published = published;
        this.view = view;
        this.states = states;
    }

    /** The story of an address, a prefix or a domain; empty where the text is none. */
    public Optional<Story> tell(String asked) {
        return subject(asked).map(subject -> tell(asked, subject));
    }

    /** What a text asks for; a single address is answered by the finest prefix that is counted. */
    public static Optional<Subject> subject(String asked) {
        return Subject.parse(asked.strip()).map(Storyteller::counted);
    }

    private static Subject counted(Subject subject) {
        if (subject instanceof Prefix prefix) {
            Prefix finest = Prefix.finest(prefix.address());
            return prefix.length() > finest.length() ? finest : prefix;
        }
        return subject;
    }

    private Story tell(String asked, Subject subject) {
        List<ListingEntry> over =
                published.listingsOver(subject).stream().map(ListingEntry::of).toList();
        String text = subject.toString();
        Optional<ListingEntry> own =
                over.stream().filter(listing -> listing.subject().equals(text)).findFirst();
        List<ListingEntry> covering =
                over.stream().filter(listing -> !listing.subject().equals(text)).toList();
        Optional<Allowance> allowed = published.allowanceOver(subject).map(Allowance::of);
        List<LimitEntry> limits =
                view.limits(subject).stream().map(LimitEntry::of).toList();
        Optional<ReputationEntry> reputation = reputation(subject);
        SubjectState evidence = evidence(subject);
        Story facts = new Story(
                asked,
                subject.toString(),
                subject instanceof Domain ? "domain" : "prefix",
                state(allowed.isPresent(), !over.isEmpty(), limits, evidence, reputation),
                List.of(),
                own,
                covering,
                allowed,
                limits,
                reputation,
                evidence,
                subject instanceof Prefix prefix ? view.windows(prefix) : List.of(),
                view.changes(subject).stream().map(ChangeEntry::of).toList(),
                view.eventTime(),
                evidence.complete() && view.asOf().isPresent());
        return Sentences.in(facts);
    }

    private Optional<ReputationEntry> reputation(Subject subject) {
        if (subject instanceof Domain domain) {
            Optional<DomainReputation> known = view.domain(domain.name());
            return known.or(() -> Optional.ofNullable(published.reputations().get(domain)))
                    .map(ReputationEntry::of);
        }
        return Optional.empty();
    }

    private SubjectState evidence(Subject subject) {
        try {
            return states.of(subject);
        } catch (StateUnavailableException e) {
            return SubjectState.unknown(false, false, e.getMessage());
        }
    }

    private static String state(
            boolean allowed,
            boolean listed,
            List<LimitEntry> limits,
            SubjectState evidence,
            Optional<ReputationEntry> reputation) {
        if (allowed) {
            return "allowed";
        }
        if (listed) {
            return "listed";
        }
        if (limits.stream().anyMatch(LimitEntry::limited)) {
            return "limited";
        }
        boolean seen = evidence.known() || !evidence.below().isEmpty() || reputation.isPresent() || !limits.isEmpty();
        return seen ? "seen" : "unknown";
    }
}
