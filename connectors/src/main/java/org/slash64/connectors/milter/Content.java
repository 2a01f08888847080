package org.slash64.connectors.milter;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slash64.enrichers.dkim.DkimCollector;
import org.slash64.enrichers.dkim.DkimLimits;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.LineEnds;

/** Header and body of a message as they come. Holds the header alone, and no more of it than is of use. */
final class Content {

    /** DKIM works with less; a longer header is not evaluated. */
    private static final DkimLimits LIMITS =
            new DkimLimits(DkimLimits.DEFAULTS.maxSignatures(), 256 * 1024, DkimLimits.DEFAULTS.maxFields());

    /** An array that grows is copied into one twice its size. */
    private static final int GROWTH = 3;

    private static final byte[] LINE_END = {'\r', '\n'};

    private final HeldBytes held;
    private final boolean leadingSpace;
    private final DkimCollector collector = new DkimCollector(LineEnds.CRLF, LIMITS);
    private final Identities identities = new Identities();
    private final Optional<Forged> forged;
    private long size;
    private long headerBytes;
    private long taken;

    /**
     * @param leadingSpace whether values come with the space behind the colon
     * @param forged takes note of forged fields; empty where nothing may be changed
     */
    Content(HeldBytes held, boolean leadingSpace, Optional<Forged> forged) {
        this.held = held;
        this.leadingSpace = leadingSpace;
        this.forged = forged;
    }

    void header(Payload payload) throws MilterProtocolException {
        byte[] name = payload.octets();
        byte[] value = payload.octets();
        String nameText = text(name);
        String valueText = text(value);
        identities.take(nameText, valueText);
        if (forged.isPresent() && forged.get().take(nameText, valueText)) {
            hold(Forged.BYTES_EACH);
        }
        line(name, value);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The field as it was on the wire: with CRLF where it is folded, of which the mail server leaves the LF. */
    private void line(byte[] name, byte[] value) throws MilterProtocolException {
        long length = name.length + value.length + 2L + LINE_END.length;
        if (headerBytes <= LIMITS.maxHeaderBytes()) {
            hold(GROWTH * length);
        }
        headerBytes += length;
        add(name, 0, name.length);
        add(new byte[] {':', ' '}, 0, leadingSpace ? 1 : 2);
        folded(value);
        add(LINE_END, 0, LINE_END.length);
    }

    private void folded(byte[] value) {
        int start = 0;
        for (int i = 0; i < value.length; i++) {
            if (value[i] == '\n' && (i == 0 || value[i - 1] != '\r')) {
                add(value, start, i - start);
                add(LINE_END, 0, LINE_END.length);
                start = i + 1;
            }
        }
        add(value, start, value.length - start);
    }

    void endHeader() {
        add(LINE_END, 0, LINE_END.length);
    }

    void body(byte[] bytes, int offset, int length) {
        add(bytes, offset, length);
    }

    private void add(byte[] bytes, int offset, int length) {
        collector.accept(bytes, offset, length);
        size += length;
    }

    private void hold(long bytes) throws MilterProtocolException {
        held.take(bytes);
        taken += bytes;
    }

    /** Gives back what the header took; comes once, as the last. */
    void release() {
        held.give(taken);
        taken = 0;
    }

    DkimMaterial finish() {
        return collector.finish();
    }

    Identities identities() {
        return identities;
    }

    Optional<Forged> forged() {
        return forged;
    }

    long size() {
        return size;
    }
}
