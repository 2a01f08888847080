/** Replay over recorded topics: reads them, and reports what differs. */
package org.slash64.deploy.replay;
