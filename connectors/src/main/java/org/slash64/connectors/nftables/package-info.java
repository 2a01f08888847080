/** Sets for nftables. */
package org.slash64.connectors.nftables;
