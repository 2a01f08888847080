/** {@code slash64 bench api}: answers of the HTTP API while the pipeline works. */
package org.slash64.deploy.bench.api;
