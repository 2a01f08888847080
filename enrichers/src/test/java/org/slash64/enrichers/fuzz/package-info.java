/**
 * What the fuzz tests of all packages share. Each class {@code *FuzzTest} has one target: over its seeds it is a quick
 * unit test, and with {@code jazzer.fuzz} a coverage-guided search, one process per class.
 */
package org.slash64.enrichers.fuzz;
