package org.slash64.connectors.publish;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** One way to write the list down. A pure function of the snapshot. */
public interface ListFormat {

    /** File contents by file name, all from the same snapshot. */
    Map<String, Content> files(Snapshot snapshot);

    /** What stands in a file; it is written as UTF-8. */
    @FunctionalInterface
    interface Content {

        /** Writes it piece by piece, so that it is never in memory as a whole. */
        void writeTo(Writer out) throws IOException;
    }
}
