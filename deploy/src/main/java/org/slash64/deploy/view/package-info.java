/** What the topics say, in memory and bounded, for people who look at it. */
package org.slash64.deploy.view;
