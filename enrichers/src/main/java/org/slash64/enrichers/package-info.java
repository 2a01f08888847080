/** What can be found out about a mail server from the outside, one package per standard. No Kafka, no Avro. */
package org.slash64.enrichers;
