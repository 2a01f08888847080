/** A load of events as a busy site has it, from a seed. */
package org.slash64.testkit.load;
