package org.slash64.deploy.config.yaml;

import java.util.ArrayList;
import java.util.List;

/** The fields that a reader asks for, section by section: what the reference is made of. */
public final class Declarations {

    /**
     * A field.
     *
     * @param whenAbsent what holds where it is left out, or that it is required
     */
    public record Field(String key, String type, String whenAbsent, String doc) {}

    /**
     * Fields that stand together.
     *
     * @param path {@code limits[]} for each item of a list; empty for the file itself
     */
    public record Group(String path, String doc, List<Field> fields) {}

    private final List<Group> groups = new ArrayList<>();

    Group open(String path, String doc) {
        Group group = new Group(path, doc, new ArrayList<>());
        groups.add(group);
        return group;
    }

    /** In the order of reading. */
    public List<Group> groups() {
        return List.copyOf(groups);
    }
}
