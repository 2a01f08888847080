/** {@code bench dns}: the DNS client against dnsperf, both asking the same nsd on this machine. */
package org.slash64.deploy.bench.dns;
