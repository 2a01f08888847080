/** Forward-confirmed reverse DNS: RFC 8601 section 2.7.3 ("iprev") and RFC 1912 section 2.1. */
package org.slash64.enrichers.fcrdns;
