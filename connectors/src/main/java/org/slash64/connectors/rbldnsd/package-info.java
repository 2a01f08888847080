/** Zone files for rbldnsd, in the form of its ip6trie and ip4trie datasets. */
package org.slash64.connectors.rbldnsd;
