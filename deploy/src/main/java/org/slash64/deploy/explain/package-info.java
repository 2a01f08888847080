/** The story of a prefix or domain: whether it is listed or limited, since when, until when, and on what evidence. */
package org.slash64.deploy.explain;
