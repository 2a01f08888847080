/** Prefix arithmetic against Guava's and the JDK's addresses. */
package org.slash64.deploy.bench.prefix;
