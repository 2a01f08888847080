/** Placeholder. */
package org.slash64.testkit;
