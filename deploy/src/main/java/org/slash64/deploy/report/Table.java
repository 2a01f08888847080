package org.slash64.deploy.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for people: a title, a head line, columns as wide as they need to be, numbers to the right. */
public final class Table {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String title, String... head) {
        this.title = title;
        rows.add(List.of(head));
    }

    /** Adds a row; cells are shown as their text, with control characters replaced. */
    public void row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell).replaceAll("\\p{C}", "?"));
        }
        rows.add(row);
    }

    /** Prints the table, or that it is empty. */
    public void print(PrintWriter out) {
        out.println();
        out.println(title);
        if (rows.size() == 1) {
            out.println("  none");
            return;
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < row.size(); column++) {
                line.append(padded(row.get(column), column)).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private String padded(String cell, int column) {
        String blanks = " ".repeat(width(column) - cell.length());
        return isNumeric(column) ? blanks + cell : cell + blanks;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[0-9,.]+%?"));
    }
}
