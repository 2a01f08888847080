/** An authoritative DNS server for tests and demonstrations, with faults on demand. */
package org.slash64.testkit.dns;
