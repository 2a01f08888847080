package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.file.Path;

/** A packed file ends before its text does: it is still being written, or was not copied whole. */
public final class CutOffException extends IOException {

    private static final long serialVersionUID = 1;

    CutOffException(Path path, long offset, Throwable cause) {
        super(path + " is cut off after " + offset + " bytes of text; copy or pack it again, or leave it out", cause);
    }
}
