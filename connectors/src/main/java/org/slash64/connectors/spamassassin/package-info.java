/** What SpamAssassin's spamd writes to its log about messages, as facts. */
package org.slash64.connectors.spamassassin;
