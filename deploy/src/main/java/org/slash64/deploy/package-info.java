/** The slash64 program: its commands, and how the parts are put together. */
package org.slash64.deploy;
