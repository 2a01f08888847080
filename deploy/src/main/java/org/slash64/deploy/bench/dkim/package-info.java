/** DKIM verification from the material of events against the JDK's own verification of the same bytes. */
package org.slash64.deploy.bench.dkim;
