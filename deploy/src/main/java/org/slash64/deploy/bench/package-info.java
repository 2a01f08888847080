/** Measurements with two sides: what slash64 does, and what it is held against, in one run on one machine. */
package org.slash64.deploy.bench;
