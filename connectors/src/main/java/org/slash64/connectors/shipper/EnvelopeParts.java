package org.slash64.connectors.shipper;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SyslogHost;
import org.slash64.connectors.log.SyslogTag;
import org.slash64.connectors.shipper.EnvelopeNames.Meaning;
import org.slash64.connectors.shipper.EnvelopeNames.Part;

/** The best values seen so far of one record. What cannot be what its name says leaves the place to the next name. */
final class EnvelopeParts {

    private final EnvelopeTime times;
    private final Instant arrival;
    private final Map<Part, Meaning> best = new EnumMap<>(Part.class);

    private String message;
    private String host;
    private Instant time;
    private SyslogTag writer = new SyslogTag("", LogLine.NO_PID);
    private long pid = LogLine.NO_PID;

    EnvelopeParts(EnvelopeTime times, Instant arrival) {
        this.times = times;
        this.arrival = arrival;
    }

    /** False where a better value is there already. */
    boolean wants(Meaning meaning) {
        Meaning had = best.get(meaning.part());
        return had == null || meaning.rank() <= had.rank();
    }

    /**
     * Takes a value that is {@link #wants wanted}.
     *
     * @throws EnvelopeException where the name was there already: of two values one may come out of a message, by a
     *     template that does not escape; the time excepted, which shippers are known to add beside the parser's
     */
    void offer(Meaning meaning, String path, String text) throws EnvelopeException {
        boolean again = meaning.equals(best.get(meaning.part()));
        if (again && meaning.part() != Part.TIME) {
            throw new EnvelopeException("the record has the name " + path + " twice");
        }
        if (!again && take(meaning.part(), text)) {
            best.put(meaning.part(), meaning);
        }
    }

    private boolean take(Part part, String text) {
        return switch (part) {
            case MESSAGE -> takeMessage(text);
            case HOST -> takeHost(text);
            case TIME -> takeTime(text);
            case PROGRAM -> takeWriter(text);
            case PID -> takePid(text);
        };
    }

    private boolean takeMessage(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        if (start == end) {
            return false;
        }
        message = text.substring(start, end);
        return true;
    }

    private boolean takeHost(String text) {
        if (!SyslogHost.isNamed(text)) {
            return false;
        }
        host = SyslogHost.shortened(text);
        return true;
    }

    private boolean takeTime(String text) {
        Instant read = times.read(text, arrival);
        if (read == null) {
            return false;
        }
        time = read;
        return true;
    }

    private boolean takeWriter(String text) {
        SyslogTag tag = SyslogTag.of(text);
        if (tag.program().isEmpty() || tag.program().equals("-")) {
            return false;
        }
        writer = tag;
        return true;
    }

    private boolean takePid(String text) {
        long number = SyslogTag.number(text);
        if (number == LogLine.NO_PID) {
            return false;
        }
        pid = number;
        return true;
    }

    /** The record as a whole. */
    Envelope envelope() throws EnvelopeException {
        if (message == null) {
            throw new EnvelopeException("the record has no message: none of " + EnvelopeNames.of(Part.MESSAGE));
        }
        boolean tagged = writer.pid() != LogLine.NO_PID;
        return new Envelope(message, host, time, tagged ? writer : new SyslogTag(writer.program(), pid));
    }
}
