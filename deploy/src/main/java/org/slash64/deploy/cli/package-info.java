/** The commands of the program. */
package org.slash64.deploy.cli;
