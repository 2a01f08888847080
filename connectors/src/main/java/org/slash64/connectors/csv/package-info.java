/** Tables for spreadsheets and databases. */
package org.slash64.connectors.csv;
