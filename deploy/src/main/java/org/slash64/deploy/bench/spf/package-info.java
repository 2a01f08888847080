/** SPF against jSPF, on the same records, held in memory for both. */
package org.slash64.deploy.bench.spf;
