/** What Haraka and its plugins write to their log about receiving mail, as facts. */
package org.slash64.connectors.haraka;
