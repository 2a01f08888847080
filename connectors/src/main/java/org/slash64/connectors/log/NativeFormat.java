package org.slash64.connectors.log;

import java.util.Optional;

/** How a program writes lines to a file of its own, without a syslog header. Implementations keep no state. */
public interface NativeFormat {

    /**
     * The parts of a line.
     *
     * @param line without its line end
     * @param arrival what is known besides the line
     * @return empty, after a look at its first characters, where the line is of another format
     */
    Optional<ParsedLine> parse(String line, Arrival arrival);
}
