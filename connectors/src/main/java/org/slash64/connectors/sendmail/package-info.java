/** What Sendmail writes to its log about receiving mail, as facts. */
package org.slash64.connectors.sendmail;
