/** The stream graph: {@link org.slash64.topology.SmtpTopology} shows it whole, one package a step. */
package org.slash64.topology;
