/** {@code slash64 bench policy}. */
package org.slash64.deploy.bench.policy;
