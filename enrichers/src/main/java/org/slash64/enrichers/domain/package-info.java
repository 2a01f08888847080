/**
 * What can be found out about the names that mail shows: syntax and IDNA, organisational domain by the Public Suffix
 * List, existence for mail, and what DNS blocklists say. {@link org.slash64.enrichers.domain.DomainChecks} is the way in.
 */
package org.slash64.enrichers.domain;
