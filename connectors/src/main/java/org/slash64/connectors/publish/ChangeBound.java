package org.slash64.connectors.publish;

import java.util.Locale;
import java.util.Optional;

/**
 * How much a version may differ in size from the one before, before somebody has to look: a fault somewhere must neither list half the
 * world nor delist it. Prefixes and domains are counted apart.
 *
 * @param growth by how many percent of the one before a list may grow
 * @param shrinkage by how many percent it may shrink, at most 100
 * @param always so many more or fewer are always right, however many percent they are
 */
public record ChangeBound(int growth, int shrinkage, int always) {

    private static final int ALL = 100;

    public ChangeBound {
        if (growth < 0 || shrinkage < 0 || shrinkage > ALL || always < 0) {
            throw new IllegalArgumentException("percentages from 0 on, at most 100 for shrinking");
        }
    }

    /** Half as many again, half as many, or a thousand. */
    public static ChangeBound defaults() {
        return new ChangeBound(50, 50, 1_000);
    }

    /** What speaks against a version, in words; empty where nothing does. */
    public Optional<String> objection(PublishedVersion last, PublishedVersion next) {
        return objection("prefixes", last.prefixes(), next.prefixes())
                .or(() -> objection("domains", last.domains(), next.domains()));
    }

    private Optional<String> objection(String what, long last, long next) {
        boolean grew = next - last > always && (next - last) * ALL > last * growth;
        boolean shrank = last - next > always && (last - next) * ALL > last * shrinkage;
        return grew || shrank
                ? Optional.of(String.format(Locale.ROOT, "%,d %s are listed after %,d", next, what, last))
                : Optional.empty();
    }
}
