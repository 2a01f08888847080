/** The first step: which host a line is from, so that all lines of a host meet in one task. */
package org.slash64.topology.parse;
