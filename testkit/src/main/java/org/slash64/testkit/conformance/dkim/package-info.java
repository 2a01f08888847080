/** DKIM test suites: an {@code index.yaml} that lists signed messages, keys and expected results. */
package org.slash64.testkit.conformance.dkim;
