/**
 * Feedback: what spam traps, recipients, content filters and people say afterwards about an event, a domain or a prefix
 * becomes a part of the sums that decisions are made from.
 */
package org.slash64.topology.feedback;
