/** Answers to mail servers: what is known of a client and its mail, and what the configured policy makes of it. */
package org.slash64.connectors.answer;
