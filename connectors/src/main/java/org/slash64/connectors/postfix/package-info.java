/** What Postfix writes to its log about receiving mail, as facts. */
package org.slash64.connectors.postfix;
