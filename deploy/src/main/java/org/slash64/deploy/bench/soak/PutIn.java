package org.slash64.deploy.bench.soak;

import java.util.concurrent.atomic.AtomicLong;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.schemas.Sha256;

/**
 * What the load gave the program.
 *
 * @param lines for smtp.log, from the file or directly
 * @param oversized lines of the file that are too long for smtp.log
 * @param events values of records of smtp.events
 * @param malformed how many of all these are not as they should be
 */
record PutIn(Ledger lines, Ledger oversized, Ledger events, AtomicLong malformed) {

    PutIn() {
        this(new Ledger(), new Ledger(), new Ledger(), new AtomicLong());
    }

    void line(byte[] line, boolean inFile) {
        if (inFile && line.length > SyslogParser.MAX_LINE_BYTES) {
            oversized.add(tooLong(Sha256.hex(line)));
        } else {
            lines.add(line);
        }
    }

    /** How an oversized line is known among those set aside. */
    static String tooLong(String sha256) {
        return "TOO_LONG:" + sha256;
    }
}
