/** What people are shown of a run: progress while it goes on, tables at its end. */
package org.slash64.deploy.report;
