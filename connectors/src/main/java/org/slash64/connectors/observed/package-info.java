/** What slash64's own milter saw, as lines of the log that it is put together with. */
package org.slash64.connectors.observed;
