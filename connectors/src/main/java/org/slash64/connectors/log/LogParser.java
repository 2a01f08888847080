package org.slash64.connectors.log;

/**
 * Reads what one program writes to its log about receiving mail. Implementations keep no state, may be shared by threads,
 * take time linear in the line, and ask nobody: parsing a line makes no DNS query.
 */
public interface LogParser {

    /** The program in lower case: the field {@code mta} of events, and the source of claims. */
    String source();

    /** True where a line whose program is logged like this is the parser's to read. */
    boolean writes(String program);

    /** What the line says. Never throws, whatever the line. */
    SmtpFact parse(LogLine line);
}
