/** Log lines of any mail server: the syslog header, and the facts that a server's parser finds in the message. */
package org.slash64.connectors.log;
