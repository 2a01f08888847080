/**
 * The one DNS client of all enrichers: asynchronous, caching, bounded, and exact about how a question ended. dnsjava
 * reads and writes the messages.
 */
package org.slash64.enrichers.dns;
