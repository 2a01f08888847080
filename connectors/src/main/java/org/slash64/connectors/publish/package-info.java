/** Publishing: follows the blocklist and the allowlist, and keeps files for other programs up to date with them. */
package org.slash64.connectors.publish;
