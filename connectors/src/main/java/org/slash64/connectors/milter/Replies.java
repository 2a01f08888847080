package org.slash64.connectors.milter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames for the mail server, gathered until they are sent: SMFIR_ in Sendmail's {@code libmilter/mfdef.h}. */
final class Replies {

    private static final char NEGOTIATE = 'O';
    private static final char CONTINUE = 'c';
    private static final char INSERT_HEADER = 'i';
    private static final char CHANGE_HEADER = 'm';
    private static final char QUARANTINE = 'q';
    private static final char REPLY_CODE = 'y';

    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    /** What is gathered so far, and nothing is from now on. */
    ByteBuffer take() {
        ByteBuffer taken = ByteBuffer.wrap(gathered.toByteArray());
        gathered = new ByteArrayOutputStream();
        return taken;
    }

    boolean isEmpty() {
        return gathered.size() == 0;
    }

    void negotiate(Negotiated negotiated) {
        Body body = new Body()
                .integer(negotiated.version())
                .integer(negotiated.actions())
                .integer(negotiated.steps());
        for (Negotiated.StageMacros macros : negotiated.macros()) {
            body.integer(macros.stage()).text(macros.names());
        }
        frame(NEGOTIATE, body);
    }

    void goOn() {
        frame(CONTINUE, new Body());
    }

    /** Above all header fields. */
    void insertHeader(String name, String value) {
        frame(INSERT_HEADER, new Body().integer(0).text(name).text(value));
    }

    /** Removes the field that is the index-th of its name, from 1. */
    void removeHeader(String name, int index) {
        frame(CHANGE_HEADER, new Body().integer(index).text(name).text(""));
    }

    void quarantine(String reason) {
        frame(QUARANTINE, new Body().text(reason));
    }

    /** Refuses with an SMTP reply in one line. Sendmail takes it for a format, so that a percent sign is written twice. */
    void refuse(String line) {
        frame(REPLY_CODE, new Body().text(line.replace("%", "%%")));
    }

    private void frame(char command, Body body) {
        byte[] bytes = body.bytes.toByteArray();
        gathered.writeBytes(ByteBuffer.allocate(Integer.BYTES + 1)
                .putInt(1 + bytes.length)
                .put((byte) command)
                .array());
        gathered.writeBytes(bytes);
    }

    /** What a frame holds behind its command. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body integer(int value) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
            return this;
        }

        Body text(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
            return this;
        }
    }
}
