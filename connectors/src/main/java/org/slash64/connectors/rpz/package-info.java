/** Response policy zones for resolvers such as BIND and unbound. */
package org.slash64.connectors.rpz;
