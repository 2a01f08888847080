/** Puts broker, registry, stream graph, log files and publisher together, and takes them apart again. */
package org.slash64.deploy.pipeline;
