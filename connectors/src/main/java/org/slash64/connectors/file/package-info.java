/** Log files as a source: reads lines, follows rotation, and remembers how far it came in Kafka itself. */
package org.slash64.connectors.file;
