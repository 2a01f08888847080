/** Reputation of organisational domains, from the mail that they authenticated. */
package org.slash64.topology.reputation;
