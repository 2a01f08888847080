package org.slash64.deploy.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.deploy.explain.Story;
import org.slash64.deploy.explain.Storyteller;
import org.slash64.deploy.state.StateUnavailableException;
import org.slash64.deploy.state.SubjectStates;
import org.slash64.deploy.view.Allowance;
import org.slash64.deploy.view.BusyPrefix;
import org.slash64.deploy.view.ChangeEntry;
import org.slash64.deploy.view.LimitEntry;
import org.slash64.deploy.view.ListingEntry;
import org.slash64.deploy.view.ReputationEntry;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.Change;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Level;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/** What may be asked. */
public final class ReadRoutes implements Routes {

    private static final Duration DAY = Duration.ofDays(1);
    private static final List<Level> PREFIXES =
            List.of(Level.IPV6_64, Level.IPV6_56, Level.IPV6_48, Level.IPV4_32, Level.IPV4_24);

    private static final int POINTS = 120;
    private static final int MOST_POINTS = 1_000;

    private final Running running;
    private final PublishedState published;
    private final TopicView view;
    private final Storyteller storyteller;
    private final SubjectStates own;

    /** @param own what this instance has of subjects itself, for others that ask */
    public ReadRoutes(
            Running running, PublishedState published, TopicView view, Storyteller storyteller, SubjectStates own) {
        this.running = running;
        this.published = published;
        this.view = view;
        this.storyteller = storyteller;
        this.own = own;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/status", request -> request.json(running.status()));
        routes.get("/api/series", this::series);
        routes.get("/api/prefixes", this::prefixes);
        routes.get("/api/prefixes/{address}/{length}", this::prefix);
        routes.get("/api/domains", this::domains);
        routes.get("/api/domains/{domain}", this::domain);
        routes.get("/api/listings", this::listings);
        routes.get("/api/limits", this::limits);
        routes.get("/api/history", this::history);
        routes.get("/api/allowlist", this::allowlist);
        routes.get("/api/explain", this::explain);
        routes.get("/api/state", this::state);
    }

    private boolean complete() {
        return view.asOf().isPresent();
    }

    private void series(Context request) {
        Query query = new Query(request);
        request.json(view.series(query.period(DAY), query.number("points", POINTS, 1, MOST_POINTS)));
    }

    private void prefixes(Context request) {
        Query query = new Query(request);
        Level level = query.oneOf("level", PREFIXES, Level::text).orElse(Level.IPV6_64);
        String order = query.oneOf("sort", "events", "bad", "good", "messages").orElse("events");
        Optional<Prefix> within = query.within();
        List<BusyPrefix> busiest = view.busiest(
                level,
                query.period(DAY),
                prefix -> within.isEmpty() || within.get().contains(prefix),
                by(order).reversed().thenComparing(BusyPrefix::prefix));
        request.json(Page.of(busiest, query, complete()));
    }

    private static Comparator<BusyPrefix> by(String order) {
        return Comparator.comparingLong(busy -> switch (order) {
            case "bad" -> busy.figures().bad();
            case "good" -> busy.figures().good();
            case "messages" -> busy.figures().messages();
            default -> busy.figures().events();
        });
    }

    private void prefix(Context request) {
        String text = request.pathParam("address") + "/" + request.pathParam("length");
        request.json(story(Prefix.parse(text).map(Prefix::toString), text, "a prefix without host bits"));
    }

    private void domain(Context request) {
        String text = request.pathParam("domain");
        request.json(story(Domain.parse(text).map(Domain::name), text, "a domain name"));
    }

    private void explain(Context request) {
        String text = new Query(request).required("subject");
        request.json(story(Optional.of(text), text, "an address, a prefix without host bits, or a domain name"));
    }

    private Story story(Optional<String> subject, String text, String expected) {
        return subject.flatMap(storyteller::tell)
                .orElseThrow(() -> new Refusal(400, "'" + shortened(text) + "' is not " + expected));
    }

    private static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private void domains(Context request) {
        Query query = new Query(request);
        Optional<String> standing = query.oneOf("standing", "good", "bad", "unknown");
        String order = query.oneOf("sort", "events", "bad", "score").orElse("events");
        List<ReputationEntry> domains = view.domains().stream()
                .map(ReputationEntry::of)
                .filter(domain -> standing.isEmpty() || standing.get().equals(domain.standing()))
                .sorted(byEvidence(order).thenComparing(ReputationEntry::domain))
                .toList();
        request.json(Page.of(domains, query, complete()));
    }

    private static Comparator<ReputationEntry> byEvidence(String order) {
        return switch (order) {
            case "bad" -> Comparator.comparingDouble(ReputationEntry::bad).reversed();
            case "score" -> Comparator.comparingDouble(ReputationEntry::score);
            default -> Comparator.comparingLong(ReputationEntry::events).reversed();
        };
    }

    private void listings(Context request) {
        Query query = new Query(request);
        String kind = query.oneOf("kind", "prefix", "domain", "all").orElse("all");
        Optional<Prefix> within = query.within();
        Optional<String> words = query.text("q").map(text -> text.toLowerCase(Locale.ROOT));
        List<Listing> found = Stream.of(
                        kind.equals("domain")
                                ? List.<Listing>of()
                                : published.prefixes().values(),
                        kind.equals("prefix") || within.isPresent()
                                ? List.<Listing>of()
                                : published.domains().values())
                .flatMap(Collection::stream)
                .filter(listing -> within.isEmpty() || isWithin(within.get(), listing))
                .filter(listing -> words.isEmpty() || says(listing, words.get()))
                .toList();
        Page<Listing> page = Page.of(found, query, complete());
        request.json(new Page<>(
                page.items().stream().map(ListingEntry::of).toList(), page.total(), page.offset(), page.complete()));
    }

    private static boolean isWithin(Prefix within, Listing listing) {
        return Prefix.parse(listing.getSubject()).filter(within::contains).isPresent();
    }

    private static boolean says(Listing listing, String words) {
        return listing.getSubject().contains(words)
                || listing.getReason().toLowerCase(Locale.ROOT).contains(words);
    }

    private void limits(Context request) {
        Query query = new Query(request);
        boolean all = query.oneOf("state", "limited", "all").orElse("limited").equals("all");
        List<LimitEntry> limits = view.limits().stream()
                .filter(limit -> all || limit.getLimited())
                .map(LimitEntry::of)
                .sorted(Comparator.comparing(LimitEntry::since).reversed())
                .toList();
        request.json(Page.of(limits, query, complete()));
    }

    private void history(Context request) {
        Query query = new Query(request);
        List<Change> wanted = query.someOf(
                "change", List.of(Change.values()), change -> change.name().toLowerCase(Locale.ROOT));
        List<ChangeEntry> changes =
                view
                        .lastChanges(entry -> wanted.isEmpty() || wanted.contains(entry.getChange()), query.limit())
                        .stream()
                        .map(ChangeEntry::of)
                        .toList();
        request.json(Map.of("items", changes, "complete", complete()));
    }

    private void allowlist(Context request) {
        Query query = new Query(request);
        List<Allowance> entries = published.allowed().values().stream()
                .map(Allowance::of)
                .sorted(Comparator.comparing(Allowance::subject))
                .toList();
        request.json(Page.of(entries, query, complete()));
    }

    /** For other instances: answered from the stores of this one, or not at all, so that no question goes in circles. */
    private void state(Context request) {
        Subject subject = Storyteller.subject(new Query(request).required("subject"))
                .orElseThrow(() -> new Refusal(400, "the parameter subject is no prefix or domain"));
        try {
            request.json(own.of(subject));
        } catch (StateUnavailableException e) {
            request.header("Retry-After", "1");
            throw new Refusal(503, e.getMessage());
        }
    }
}
