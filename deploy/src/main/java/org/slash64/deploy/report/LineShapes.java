package org.slash64.deploy.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts lines by what they have in common. Holds a bounded number of shapes: where there are more, the rare ones give way
 * and are counted together, so that the frequent ones are told with their number or, where they were rare for a while, a
 * little less.
 */
final class LineShapes {

    static final int MAX_SHAPES = 4_000;

    /**
     * Lines that are alike.
     *
     * @param why what is the matter with them
     * @param shape with numbers, ids, addresses and domain names masked
     */
    record Shape(String why, String shape) {}

    /** How many lines of a shape there were. */
    record Counted(Shape shape, long lines) {}

    private final Map<Shape, Long> counts = new HashMap<>();
    private long others;

    void add(String why, String line) {
        counts.merge(new Shape(why, LineShape.of(line)), 1L, Long::sum);
        if (counts.size() > MAX_SHAPES) {
            giveWay();
        }
    }

    private void giveWay() {
        List<Counted> rare = sorted();
        for (Counted shape : rare.subList(MAX_SHAPES / 2, rare.size())) {
            counts.remove(shape.shape());
            others += shape.lines();
        }
    }

    private List<Counted> sorted() {
        return counts.entrySet().stream()
                .map(entry -> new Counted(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Counted::lines)
                        .reversed()
                        .thenComparing(counted -> counted.shape().why())
                        .thenComparing(counted -> counted.shape().shape()))
                .toList();
    }

    /** The most frequent ones. */
    List<Counted> top(int most) {
        return sorted().stream().limit(most).toList();
    }

    /** Lines of all shapes that are not among {@code top(most)}. */
    long beside(int most) {
        return others + sorted().stream().skip(most).mapToLong(Counted::lines).sum();
    }
}
