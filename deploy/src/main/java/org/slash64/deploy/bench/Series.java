package org.slash64.deploy.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/** What came out round by round. */
public record Series(List<Double> values) {

    /** Copies the list, which has a value at least. */
    public Series {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no rounds");
        }
        values = List.copyOf(values);
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Puts all of it into a JSON object. */
    public void addTo(ObjectNode node) {
        node.put("median", rounded(median()));
        node.put("min", rounded(min()));
        node.put("max", rounded(max()));
        ArrayNode rounds = node.putArray("rounds");
        values.forEach(value -> rounds.add(rounded(value)));
    }

    /** To three places, more than the noise of any machine leaves. */
    public static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
