/** How the state of the steps is kept. */
package org.slash64.topology.state;
