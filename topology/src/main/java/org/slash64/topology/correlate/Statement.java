package org.slash64.topology.correlate;

import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;

/**
 * One line that says something about receiving mail.
 *
 * @param parser that read it
 * @param line its parts
 * @param fact what it says
 * @param raw the line as it came
 * @param arrival what was known besides
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Statement(LogParser parser, LogLine line, SmtpFact fact, byte[] raw, Arrival arrival) {

    String host() {
        return line.host();
    }
}
