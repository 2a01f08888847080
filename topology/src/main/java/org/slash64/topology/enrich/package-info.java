/**
 * Enrichment: every event becomes a verdict. Look-ups run beside the stream; events that wait for one are kept in a store,
 * leave in source order per connection, and are looked up again after a crash.
 */
package org.slash64.topology.enrich;
