/** Zone files for rbldnsd, in the form of its ip6trie, ip4trie and dnset datasets. */
package org.slash64.connectors.rbldnsd;
