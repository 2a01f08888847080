/** Holding back 421: whom it would make lose mail, and when it does not work. */
package org.slash64.connectors.fallback;
