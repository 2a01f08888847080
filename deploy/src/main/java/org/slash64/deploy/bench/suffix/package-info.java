/** Organisational domains against Guava, whose Public Suffix List both use. */
package org.slash64.deploy.bench.suffix;
