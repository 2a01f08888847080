/** Mail that slash64 answered 421 over IPv6: whether it comes back over IPv4, and which senders never do. */
package org.slash64.topology.fallback;
