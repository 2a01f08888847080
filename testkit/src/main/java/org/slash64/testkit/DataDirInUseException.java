package org.slash64.testkit;

import java.io.IOException;
import java.nio.file.Path;

/** Another program, or another part of this one, works in the data directory. The message is one line for the operator. */
public final class DataDirInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    DataDirInUseException(Path dir, String pid) {
        super("the data directory " + dir + " is in use" + (pid.isEmpty() ? "" : " by process " + pid)
                + ": stop that one first, or choose another directory");
    }
}
