/**
 * Nested counting. Each task that reads verdicts sums them up per ten-second bucket and finest prefix before the shuffle;
 * the task that owns a network adds the parts up for all levels and windows, and hands buckets on, in order of event time,
 * once they are finished.
 */
package org.slash64.topology.count;
