package org.slash64.deploy.explain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slash64.deploy.state.SubjectState;
import org.slash64.deploy.view.Allowance;
import org.slash64.deploy.view.ChangeEntry;
import org.slash64.deploy.view.Figures;
import org.slash64.deploy.view.LimitEntry;
import org.slash64.deploy.view.ListingEntry;
import org.slash64.deploy.view.ReputationEntry;

/** A story in words. Times are event times in UTC. */
final class Sentences {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Of prefixes below; the table has them all. */
    private static final int MOST_NAMED = 3;

    private final Story story;
    private final List<String> said = new ArrayList<>();

    private Sentences(Story story) {
        this.story = story;
    }

    /** The same story with its sentences. */
    static Story in(Story story) {
        Sentences sentences = new Sentences(story);
        sentences.tell();
        return new Story(
                story.asked(),
                story.subject(),
                story.kind(),
                story.state(),
                List.copyOf(sentences.said),
                story.listing(),
                story.covering(),
                story.allowed(),
                story.limits(),
                story.reputation(),
                story.evidence(),
                story.windows(),
                story.history(),
                story.eventTime(),
                story.complete());
    }

    private void tell() {
        story.allowed().ifPresent(this::allowed);
        story.listing().ifPresent(this::listed);
        story.covering().forEach(this::covered);
        if (story.listing().isEmpty() && story.covering().isEmpty()) {
            said.add(story.subject() + " is not listed" + formerly() + ".");
        }
        listedBelow(story.evidence().below());
        story.limits().forEach(this::limited);
        story.reputation().ifPresent(this::reputed);
        evidence(story.evidence());
        if (!story.complete()) {
            said.add("This is not all: some of it could not be asked for now, or is more than is told.");
        }
    }

    private void allowed(Allowance allowance) {
        String why = allowance.comment().isBlank() ? "" : " (" + allowance.comment() + ")";
        said.add(story.subject() + " is allowlisted by the entry " + allowance.subject() + why
                + ", so nothing of it is listed or published.");
    }

    private void listed(ListingEntry listing) {
        said.add(story.subject() + " is listed since " + TIME.format(listing.listedAt()) + ", until "
                + TIME.format(listing.expires()) + " if nothing more comes: " + listing.reason() + ".");
        if (listing.strikes() > 1) {
            said.add("This is its strike number " + listing.strikes() + "; each makes the listing last longer.");
        }
        if (listing.provisional()) {
            said.add("The listing is provisional: late events may still withdraw it.");
        }
    }

    private void covered(ListingEntry listing) {
        said.add("It lies within " + listing.subject() + ", which is listed since " + TIME.format(listing.listedAt())
                + ", until " + TIME.format(listing.expires()) + ": " + listing.reason() + ".");
    }

    private void listedBelow(List<SubjectState.Below> below) {
        List<String> listed = below.stream()
                .filter(SubjectState.Below::listed)
                .map(SubjectState.Below::prefix)
                .toList();
        if (!listed.isEmpty()) {
            String more = listed.size() > MOST_NAMED ? " and others" : "";
            said.add("Within it " + counted(listed.size(), "prefix is", "prefixes are") + " listed: "
                    + String.join(", ", listed.subList(0, Math.min(MOST_NAMED, listed.size()))) + more + ".");
        }
    }

    private String formerly() {
        List<ChangeEntry> history = story.history();
        if (history.isEmpty()) {
            return "";
        }
        ChangeEntry last = history.get(history.size() - 1);
        return "; the last that happened, on " + TIME.format(last.at()) + ": " + last.change() + " (" + last.why()
                + ")";
    }

    private void limited(LimitEntry limit) {
        String rule = "the limit " + limit.rule() + " (" + limit.maximum() + " " + limit.metric() + " in "
                + limit.period().substring(1).replace("T", "").toLowerCase(Locale.ROOT) + ")";
        String peak = "; at most it was " + number(limit.peak());
        said.add(
                limit.limited()
                        ? "It is over " + rule + " since " + TIME.format(limit.since()) + ", which asks to "
                                + limit.action() + " until " + TIME.format(limit.until()) + peak + "."
                        : "It was over " + rule + " from " + TIME.format(limit.since()) + " to "
                                + TIME.format(limit.until()) + peak + ".");
    }

    private void reputed(ReputationEntry known) {
        said.add(String.format(
                Locale.ROOT,
                "Its standing is %s: a score of %.2f (%.2f to %.2f) on %,.1f good and %,.1f bad outcomes by weight,"
                        + " in %,d events from %,d %s, last seen %s.",
                known.standing(),
                known.score(),
                known.lower(),
                known.upper(),
                known.good(),
                known.bad(),
                known.events(),
                known.networks(),
                known.networks() == 1 ? "network" : "networks",
                TIME.format(known.lastSeen())));
    }

    private void evidence(SubjectState state) {
        if (state.known() && !state.slices().isEmpty()) {
            Instant from = state.slices().get(0).start();
            said.add("Since " + TIME.format(from) + " came " + words(state.total()) + children(state) + ".");
        } else if (story.state().equals("unknown")) {
            said.add("Nothing is known of it: no mail came from it lately.");
        }
    }

    private String children(SubjectState state) {
        boolean network = story.kind().equals("prefix");
        if (state.children() == 0) {
            return "";
        }
        return network
                ? ", from " + counted(state.children(), "prefix", "prefixes") + " below, of which "
                        + number(state.badChildren()) + " had bad outcomes"
                : ", from " + counted(state.children(), "network", "networks");
    }

    private static String words(Figures figures) {
        return counted(figures.connections(), "connection", "connections") + ", "
                + counted(figures.messages(), "message", "messages") + " and "
                + counted(figures.rejections(), "rejection", "rejections") + "; "
                + counted(figures.good(), "outcome was", "outcomes were") + " good, " + number(figures.bad()) + " bad";
    }

    private static String counted(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
