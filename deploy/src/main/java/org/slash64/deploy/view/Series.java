package org.slash64.deploy.view;

import java.time.Instant;
import java.util.List;

/**
 * What came over time.
 *
 * @param step length of each point, ISO 8601
 * @param points in order of event time
 */
public record Series(String step, List<Point> points) {

    /** What came from an instant of event time on, for a step. */
    public record Point(Instant start, Figures figures) {}
}
