/**
 * A milter (protocol version 6, as in Postfix 2.6 and Sendmail 8.14 and later): sees each message as the mail server takes it
 * in, tells what it saw, and, where configured, answers at the end of the message. In any trouble mail flows.
 */
package org.slash64.connectors.milter;
