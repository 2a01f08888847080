/** Public conformance suites, run against the enrichers. */
package org.slash64.deploy.conformance;
