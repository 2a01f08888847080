package org.slash64.deploy.config.yaml;

/**
 * What is wrong with a file, and where.
 *
 * @param line from 1; 0 where it is about the file as a whole
 * @param path of the field, such as {@code limits[2].period}; empty where it is about no field
 * @param text what is wrong, and what to write instead
 */
public record Mistake(int line, String path, String text) {

    /** {@code FILE:LINE: PATH: TEXT}. */
    public String in(String file) {
        return file + (line == 0 ? "" : ":" + line) + ": " + (path.isEmpty() ? "" : path + ": ") + text;
    }
}
