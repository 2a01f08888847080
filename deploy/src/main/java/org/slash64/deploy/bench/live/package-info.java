/** A whole running pipeline, and a load that is written for it at a steady rate. */
package org.slash64.deploy.bench.live;
