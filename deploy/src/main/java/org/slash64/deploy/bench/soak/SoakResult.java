package org.slash64.deploy.bench.soak;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.slash64.deploy.bench.Machine;
import org.slash64.deploy.report.Table;

/**
 * What a soak came to.
 *
 * @param minutes of load
 * @param perSecond events a second, and as many lines
 * @param putIn lines and events that were given, and how many of both were malformed
 * @param verdicts that came of them
 * @param lines by what became of them
 * @param letters dead letters by reason
 * @param closedWindows that were closed
 * @param accounts that must balance
 * @param effects by which the faults are seen
 * @param flatness of the program's memory; empty for a run too short to tell
 * @param machine where it was run
 */
record SoakResult(
        int minutes,
        int perSecond,
        Given putIn,
        long verdicts,
        SortedMap<String, Long> lines,
        SortedMap<String, Long> letters,
        long closedWindows,
        List<Account> accounts,
        List<Effect> effects,
        List<Flatness> flatness,
        Machine machine) {

    /** Numbers of what was given. */
    record Given(long lines, long events, long malformed) {}

    /** Events, lines, letters and windows that are not accounted for. */
    long unaccounted() {
        return accounts.stream().mapToLong(Account::unaccounted).sum();
    }

    /** Whether all is accounted for, every fault took hold, and nothing grows. */
    boolean isOk() {
        return unaccounted() == 0
                && effects.stream().allMatch(Effect::isSeen)
                && flatness.stream().allMatch(Flatness::isFlat);
    }

    /** Prints it for people. */
    void print(PrintWriter out) {
        Table given =
                new Table("bench soak, " + minutes + " min at " + perSecond + " events/s and lines/s", "", "number");
        given.row("lines put in", number(putIn.lines()));
        lines.forEach((became, number) -> given.row("  " + became, number(number)));
        given.row("events put in", number(putIn.events()));
        given.row("malformed among both", number(putIn.malformed()));
        given.row("verdicts", number(verdicts));
        letters.forEach((reason, number) -> given.row("dead letters " + reason, number(number)));
        given.row("windows closed", number(closedWindows));
        given.print(out);
        Table balance = new Table("accounts", "", "expected", "found", "missing", "surplus");
        accounts.forEach(account -> balance.row(
                account.name(),
                number(account.expected()),
                number(account.found()),
                number(account.missing()),
                number(account.surplus())));
        balance.print(out);
        Table faults = new Table("faults", "", "seen by", "number", "at least");
        effects.forEach(
                effect -> faults.row(effect.of(), effect.what(), number(effect.amount()), number(effect.least())));
        faults.print(out);
        Table memory = new Table("least in the first and the last third", "", "first", "last", "at most");
        flatness.forEach(
                flat -> memory.row(flat.name(), number(flat.first()), number(flat.last()), number(flat.most())));
        memory.print(out);
        out.println();
        out.println(isOk() ? "ok: nothing unaccounted for" : "not ok: " + number(unaccounted()) + " unaccounted for");
        out.println("machine: " + machine);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** It as JSON. */
    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("bench", "soak");
        node.put("ok", isOk());
        node.put("minutes", minutes);
        node.put("rate", perSecond);
        node.put("lines", putIn.lines());
        node.put("events", putIn.events());
        node.put("malformed", putIn.malformed());
        node.put("verdicts", verdicts);
        node.put("unaccounted", unaccounted());
        node.put("windows_closed", closedWindows);
        put(node.putObject("lines_became"), lines);
        put(node.putObject("dead_letters"), letters);
        ObjectNode balance = node.putObject("accounts");
        accounts.forEach(account -> balance.putObject(account.name())
                .put("expected", account.expected())
                .put("found", account.found())
                .put("missing", account.missing())
                .put("surplus", account.surplus()));
        ObjectNode faults = node.putObject("faults");
        effects.forEach(effect -> faults.putObject(effect.of())
                .put("seen_by", effect.what())
                .put("number", effect.amount())
                .put("least", effect.least()));
        ObjectNode memory = node.putObject("flat");
        flatness.forEach(flat -> memory.putObject(flat.name())
                .put("first", flat.first())
                .put("last", flat.last())
                .put("most", flat.most()));
        machine.addTo(node);
        return node;
    }

    private static void put(ObjectNode node, Map<String, Long> numbers) {
        numbers.forEach(node::put);
    }
}
