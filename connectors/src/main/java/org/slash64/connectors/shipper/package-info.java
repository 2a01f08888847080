/** What log shippers send: lines, bare or in an envelope of the shipper's. */
package org.slash64.connectors.shipper;
