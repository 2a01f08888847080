/** Lookup tables for Postfix's access restrictions (access(5), cidr_table(5)). */
package org.slash64.connectors.accessmap;
