/** What the logs of programs that judge messages have in common. */
package org.slash64.connectors.verdict;
