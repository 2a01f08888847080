/** Placeholder. */
package org.slash64.topology;
