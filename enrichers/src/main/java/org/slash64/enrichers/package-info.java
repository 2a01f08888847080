/** Placeholder. */
package org.slash64.enrichers;
