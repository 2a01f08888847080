/** Placeholder. */
package org.slash64.deploy;
