/**
 * DKIM in two halves: {@link org.slash64.enrichers.dkim.DkimCollector} reads a message and asks nobody, {@link
 * org.slash64.enrichers.dkim.DkimVerifier} asks for keys and needs no message. RFC 6376, 8301, 8463 and 8616; results by RFC
 * 8601.
 */
package org.slash64.enrichers.dkim;
