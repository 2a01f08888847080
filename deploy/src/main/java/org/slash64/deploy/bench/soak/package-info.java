/** Hours of load and faults, and at the end the question whether everything is accounted for. */
package org.slash64.deploy.bench.soak;
