/** Public SPF test suites in the layout of openspf: cases, and the DNS that they are run against. */
package org.slash64.testkit.conformance.spf;
