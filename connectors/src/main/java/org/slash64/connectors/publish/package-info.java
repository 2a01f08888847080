/** Publishing: follows the blocklist topic and keeps files for other programs up to date with it. */
package org.slash64.connectors.publish;
