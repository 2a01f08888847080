/**
 * Sender Policy Framework, RFC 7208, whole, with RFC 8616 for internationalized senders. {@link org.slash64.enrichers.spf.Spf} asks, {@code Evaluation} decides,
 * {@code RecordParser} and {@code MacroParser} read.
 */
package org.slash64.enrichers.spf;
