/** Verdicts that were reached while a mail server waited, as records and back: for the milter's lines, and for enrichment. */
package org.slash64.connectors.inline;
