package org.slash64.deploy.bench.spf;

/**
 * One check, as a mail server has it: all text.
 *
 * @param client address
 * @param sender of MAIL FROM
 * @param helo name
 */
record SpfCase(String client, String sender, String helo) {}
