/** {@code slash64 bench pipeline}, {@code naive} and {@code skew}: events through the whole stream. */
package org.slash64.deploy.bench.pipeline;
