/** Following topics: what compacted topics say, kept in memory and in step with them. */
package org.slash64.connectors.follow;
