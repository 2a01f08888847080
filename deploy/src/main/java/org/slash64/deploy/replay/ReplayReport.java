package org.slash64.deploy.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.slash64.deploy.report.Table;
import org.slash64.schemas.ListingChange;
import org.slash64.topology.replay.Blocked;
import org.slash64.topology.replay.Differences;
import org.slash64.topology.replay.Spell;

/** What a replay found, for people and for programs. The same replay gives the same bytes. */
public final class ReplayReport {

    private static final int MOST_DOMAINS = 5;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Differences found;
    private final List<ListingChange> streamAlone;
    private final List<ListingChange> replayAlone;

    /** @param history all changes of listings that the stream recorded */
    public ReplayReport(Differences found, List<ListingChange> history) {
        this.found = found;
        this.streamAlone = without(decided(history), found.liveChanges());
        this.replayAlone = without(decided(found.liveChanges()), history);
    }

    /** Those of the time looked at that the stream has had time to decide. */
    private List<ListingChange> decided(List<ListingChange> changes) {
        Instant end = found.decidedUpTo().isBefore(found.to()) ? found.decidedUpTo() : found.to();
        return changes.stream()
                .filter(change -> !change.getAt().isBefore(found.from())
                        && !change.getAt().isAfter(end)
                        && change.getAt().isBefore(found.to()))
                .toList();
    }

    private static List<ListingChange> without(List<ListingChange> changes, List<ListingChange> others) {
        Map<String, List<ListingChange>> left = new HashMap<>();
        others.forEach(change ->
                left.computeIfAbsent(place(change), none -> new ArrayList<>()).add(change));
        return changes.stream()
                .filter(change -> !left.getOrDefault(place(change), List.of()).remove(change))
                .toList();
    }

    /** Where a change is looked for: there are few of one kind at one time, and many in a year. */
    private static String place(ListingChange change) {
        return change.getSubject() + " " + change.getChange() + " " + change.getAt();
    }

    /** Prints tables. */
    public void print(PrintWriter out) {
        out.println("Replay of " + number(found.verdicts()) + " verdicts up to " + TIME.format(found.to()) + " UTC"
                + (found.before() == 0 ? "" : ", after " + number(found.before()) + " earlier ones"));
        listed(out, "Listed by the tried rules only", found.onlyOther());
        listed(out, "Listed by the live rules only", found.onlyLive());
        blocked(out, "Authenticated mail that would newly be kept out", found.newlyBlocked());
        blocked(out, "Authenticated mail that would no longer be kept out", found.noLongerBlocked());
        out.println();
        out.println("Listed by both: " + number(found.sameSpells()) + " at the same times, "
                + number(found.otherSpells()) + " at other times.");
        out.println(stream());
    }

    private String stream() {
        if (streamAlone.isEmpty() && replayAlone.isEmpty()) {
            return "The stream itself decided the same as the live rules here: "
                    + number(decided(found.liveChanges()).size()) + " changes.";
        }
        return "The stream itself decided otherwise than the live rules here: "
                + number(streamAlone.size()) + " changes were its alone, such as " + first(streamAlone) + "; "
                + number(replayAlone.size()) + " are the replay's alone, such as " + first(replayAlone)
                + ". It ran with other rules (see --live), feedback came late, or older verdicts are no longer kept.";
    }

    private static String first(List<ListingChange> changes) {
        return changes.stream()
                .findFirst()
                .map(change -> change.getSubject() + " "
                        + change.getChange().name().toLowerCase(Locale.ROOT) + " at " + TIME.format(change.getAt()))
                .orElse("none");
    }

    private static void listed(PrintWriter out, String title, SortedMap<String, List<Spell>> spells) {
        Table table = new Table(title, "subject", "from", "to", "why");
        spells.forEach((subject, of) -> of.forEach(
                spell -> table.row(subject, TIME.format(spell.from()), TIME.format(spell.to()), spell.why())));
        table.print(out);
    }

    private static void blocked(PrintWriter out, String title, List<Blocked> blocked) {
        Table table = new Table(title, "listing", "messages", "authenticated by");
        blocked.forEach(by -> table.row(by.subject(), number(by.total()), domains(by)));
        table.print(out);
    }

    private static String domains(Blocked blocked) {
        String shown = blocked.messages().keySet().stream().limit(MOST_DOMAINS).collect(Collectors.joining(", "));
        int more = blocked.messages().size() - MOST_DOMAINS;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Prints JSON Lines, one object a difference and a last one with the totals. */
    public void printJson(PrintWriter out) {
        jsonOfListed(out, "tried", found.onlyOther());
        jsonOfListed(out, "live", found.onlyLive());
        jsonOfBlocked(out, true, found.newlyBlocked());
        jsonOfBlocked(out, false, found.noLongerBlocked());
        out.println(object("replay")
                .put("from", found.from().toString())
                .put("to", found.to().toString())
                .put("verdicts", found.verdicts())
                .put("before", found.before())
                .put("listedByTriedOnly", found.onlyOther().size())
                .put("listedByLiveOnly", found.onlyLive().size())
                .put("listedAtSameTimes", found.sameSpells())
                .put("listedAtOtherTimes", found.otherSpells())
                .put("newlyBlocked", total(found.newlyBlocked()))
                .put("noLongerBlocked", total(found.noLongerBlocked()))
                .put("streamAlone", streamAlone.size())
                .put("replayAlone", replayAlone.size()));
    }

    private static long total(List<Blocked> blocked) {
        return blocked.stream().mapToLong(Blocked::total).sum();
    }

    private static void jsonOfListed(PrintWriter out, String rules, SortedMap<String, List<Spell>> spells) {
        spells.forEach((subject, of) -> of.forEach(spell -> out.println(object("listed")
                .put("rules", rules)
                .put("subject", subject)
                .put("from", spell.from().toString())
                .put("to", spell.to().toString())
                .put("why", spell.why()))));
    }

    private static void jsonOfBlocked(PrintWriter out, boolean newly, List<Blocked> blocked) {
        for (Blocked by : blocked) {
            ObjectNode line = object("mail").put("newlyBlocked", newly).put("listing", by.subject());
            ObjectNode messages = line.putObject("messages");
            by.messages().forEach(messages::put);
            out.println(line);
        }
    }

    private static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
