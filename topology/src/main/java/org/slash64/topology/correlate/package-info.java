/** From the log lines of one host to events: sessions and messages put together from their lines. No Kafka here. */
package org.slash64.topology.correlate;
