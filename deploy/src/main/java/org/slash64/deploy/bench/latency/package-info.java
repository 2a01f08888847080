/** {@code slash64 bench latency}: from an event to the limit that it leads to. */
package org.slash64.deploy.bench.latency;
