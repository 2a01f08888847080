/** Placeholder. */
package org.slash64.connectors;
