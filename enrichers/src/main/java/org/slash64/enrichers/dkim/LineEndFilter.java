package org.slash64.enrichers.dkim;

/** Turns bare line feeds into CRLF where {@link LineEnds} asks for it. */
final class LineEndFilter {
    private LineEnds lineEnds;
    private byte before;

    LineEndFilter(LineEnds lineEnds) {
        this.lineEnds = lineEnds;
    }

    /**
     * Copies with line ends made CRLF.
     *
     * @param out twice as long as the piece
     * @return bytes written
     */
    int copy(byte[] bytes, int start, int end, byte[] out) {
        int written = 0;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '\n' && before != '\r' && bareMeansLineEnd()) {
                out[written++] = '\r';
            }
            if (b == '\n') {
                settle();
            }
            out[written++] = b;
            before = b;
        }
        return written;
    }

    private boolean bareMeansLineEnd() {
        if (lineEnds == LineEnds.OF_FIRST_LINE) {
            lineEnds = LineEnds.LF;
        }
        return lineEnds == LineEnds.LF;
    }

    /** The first line has ended, with CRLF when nothing else was found. */
    private void settle() {
        if (lineEnds == LineEnds.OF_FIRST_LINE) {
            lineEnds = LineEnds.CRLF;
        }
    }
}
