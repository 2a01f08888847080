package org.slash64.connectors.publish;

import java.time.Instant;
import java.util.Map;

/** One way to write the blocklist down. A pure function of the list and the time. */
public interface ListFormat {

    /** File contents by file name, all from the same version of the list. */
    Map<String, byte[]> files(Blocklist blocklist, Instant now);
}
