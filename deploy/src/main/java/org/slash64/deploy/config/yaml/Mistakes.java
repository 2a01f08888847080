package org.slash64.deploy.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that all of it is told at once. */
public final class Mistakes {

    /** Nobody reads more; a file of another kind has thousands. */
    static final int MOST_TOLD = 100;

    private final List<Mistake> found = new ArrayList<>();
    private int count;

    /** Notes a mistake. */
    public void add(int line, String path, String text) {
        count++;
        if (found.size() < MOST_TOLD) {
            found.add(new Mistake(line, path, text));
        }
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** In the order of the file, as {@code FILE:LINE: PATH: TEXT}. */
    public List<String> in(String file) {
        List<String> lines = new ArrayList<>();
        found.stream()
                .sorted(Comparator.comparingInt(Mistake::line))
                .map(mistake -> mistake.in(file))
                .forEach(lines::add);
        if (count > found.size()) {
            lines.add(new Mistake(0, "", "and " + (count - found.size()) + " more mistakes").in(file));
        }
        return lines;
    }
}
