/** What the state stores know of one prefix or domain, on this instance or on the one that has it. */
package org.slash64.deploy.state;
