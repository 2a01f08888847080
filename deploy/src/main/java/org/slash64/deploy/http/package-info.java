/** The HTTP server: API, dashboard, health. */
package org.slash64.deploy.http;
