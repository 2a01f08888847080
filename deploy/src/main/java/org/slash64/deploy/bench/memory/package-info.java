/** {@code slash64 bench memory}: what a pipeline takes while it counts in very many prefixes. */
package org.slash64.deploy.bench.memory;
