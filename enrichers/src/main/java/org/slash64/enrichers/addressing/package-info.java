/** How an address was made: transition prefixes and interface identifiers (RFC 7707 section 4.1). */
package org.slash64.enrichers.addressing;
