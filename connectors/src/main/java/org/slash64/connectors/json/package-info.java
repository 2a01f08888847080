/** The list as one JSON document. */
package org.slash64.connectors.json;
