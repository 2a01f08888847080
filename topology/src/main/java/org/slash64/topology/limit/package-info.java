/** Rate limits per prefix, as pure functions of finished buckets over sliding event time. */
package org.slash64.topology.limit;
