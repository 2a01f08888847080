/** What the program counts, for Prometheus: each class binds one source of figures. docs/metrics.md lists them all. */
package org.slash64.deploy.metrics;
