package org.slash64.connectors.log;

/** Reads the log of one make of mail server. Implementations keep no state and may be shared by threads. */
public interface MtaParser {

    /** The mail server software: the value of the field {@code mta} of events. */
    String mta();

    /** What the line says about receiving mail. Never throws, whatever the line. */
    SmtpFact parse(LogLine line);
}
