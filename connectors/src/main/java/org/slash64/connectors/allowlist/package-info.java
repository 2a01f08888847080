/** The allowlist that people keep in a file: what is never listed, nor published. */
package org.slash64.connectors.allowlist;
