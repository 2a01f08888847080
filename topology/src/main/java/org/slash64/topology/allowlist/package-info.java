/** The allowlist as a topic: every change goes to every task that lists. */
package org.slash64.topology.allowlist;
