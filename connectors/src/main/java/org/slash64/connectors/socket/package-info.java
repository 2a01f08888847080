/**
 * A small server for line and frame protocols, over TCP and Unix sockets: a few threads, bounded connections, bounded memory.
 * The milter and the policy server speak through it.
 */
package org.slash64.connectors.socket;
