/** {@code bench ingest}: reading a mail log against pflogsumm, both on the same file. */
package org.slash64.deploy.bench.ingest;
