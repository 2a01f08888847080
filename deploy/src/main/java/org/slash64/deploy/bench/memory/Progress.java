package org.slash64.deploy.bench.memory;

/**
 * How far a pipeline is, by its metrics.
 *
 * @param verdicts so far
 * @param lag records that wait between its steps
 */
record Progress(long verdicts, long lag) {

    private static final String VERDICTS = "slash64_verdicts_total{";
    private static final String LAG = "slash64_stream_lag_records ";

    /** Reads the text that Prometheus reads. */
    static Progress parse(String metrics) {
        return new Progress(sum(metrics, VERDICTS), sum(metrics, LAG));
    }

    private static long sum(String metrics, String beginning) {
        return metrics.lines()
                .filter(line -> line.startsWith(beginning))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Whether all is done that these events lead to. */
    boolean isDone(long events) {
        return verdicts >= events && lag == 0;
    }
}
