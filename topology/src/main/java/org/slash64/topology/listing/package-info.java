/** The life of a listing: from the evidence of finished buckets to entry, extension and expiry. */
package org.slash64.topology.listing;
