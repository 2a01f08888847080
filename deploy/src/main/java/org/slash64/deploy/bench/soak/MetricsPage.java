package org.slash64.deploy.bench.soak;

/** What {@code /metrics} says. */
record MetricsPage(String text) {

    /** The sum over all series of a metric that have a label, or over all of it where the label is empty. */
    double sum(String metric, String label) {
        return text.lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
