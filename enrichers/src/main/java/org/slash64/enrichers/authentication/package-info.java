/**
 * What all verdicts on an event come to: the domains that are proven, whether mandatory authentication is met, and how
 * the From field relates to what is proven. Plain functions, no DNS.
 */
package org.slash64.enrichers.authentication;
