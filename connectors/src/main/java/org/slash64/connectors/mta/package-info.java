/** All programs whose logs are read, and which of them wrote a line. */
package org.slash64.connectors.mta;
