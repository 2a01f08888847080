package org.slash64.connectors.shipper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.NativeFormat;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.Stamp;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.connectors.shipper.EnvelopeNames.Part;

/**
 * Reads what arrives in the topic smtp.log and what stands in log files: a line with a syslog header, a line of a program's
 * own format, or either in the JSON of a shipper. Which of them it is, is told by the line alone. Keeps no state and never
 * throws on input.
 *
 * <p>Where the message in an envelope begins with a header of its own, the header's time and host count, and the envelope
 * gives only what the header lacks: the time of an envelope is often that of reading the file, its host that of a
 * collector, and the same line has to give the same event whether it comes in a file, bare, or in any envelope. Where the
 * envelope names the program, the message is that program's words, and nothing in them is taken for a header but the
 * complete one that {@link SyslogParser#unwrapped} tells of: a program may log what a stranger sent.
 */
public final class ShippedLineParser {

    /** A shipper's record in a file that another shipper reads. */
    private static final int MAX_ENVELOPES = 2;

    private final SyslogParser syslog;
    private final EnvelopeReader envelopes;
    private final List<NativeFormat> nativeFormats;

    /**
     * @param zone time zone of stamps that name none
     * @param nativeFormats formats without a syslog header, each of which knows its own lines
     */
    public ShippedLineParser(ZoneId zone, List<NativeFormat> nativeFormats) {
        this.syslog = new SyslogParser(zone);
        this.envelopes = new EnvelopeReader(new Stamp(zone.normalized()));
        this.nativeFormats = List.copyOf(nativeFormats);
    }

    /** Reads one line, with or without its line end. Bytes that are not UTF-8 become replacement characters. */
    public ParsedLine parse(byte[] line, Arrival arrival) {
        boolean envelope = line.length > 0 && line[0] == '{';
        if (line.length > (envelope ? EnvelopeReader.MAX_BYTES : SyslogParser.MAX_LINE_BYTES)) {
            return SyslogParser.tooLong(line.length);
        }
        return parse(new String(line, 0, endOfText(line), StandardCharsets.UTF_8), arrival, arrival, MAX_ENVELOPES);
    }

    private static int endOfText(byte[] line) {
        int end = line.length;
        while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    /**
     * @param unstamped as {@code arrival}, for a line that has no time of its own
     * @param envelopesLeft how many envelopes are opened yet
     */
    private ParsedLine parse(String line, Arrival arrival, Arrival unstamped, int envelopesLeft) {
        for (NativeFormat format : nativeFormats) {
            Optional<ParsedLine> parsed = format.parse(line, unstamped);
            if (parsed.isPresent()) {
                return parsed.get();
            }
        }
        return envelopesLeft > 0 && line.startsWith("{")
                ? enveloped(line, arrival, envelopesLeft)
                : syslog.parse(line, arrival);
    }

    private ParsedLine enveloped(String record, Arrival arrival, int envelopesLeft) {
        try {
            return line(envelopes.read(record, arrival.time()), arrival, envelopesLeft);
        } catch (EnvelopeException e) {
            return new LineError(Reason.BAD_ENVELOPE, e.getMessage());
        }
    }

    private ParsedLine line(Envelope envelope, Arrival arrival, int envelopesLeft) throws EnvelopeException {
        if (envelope.message().length() > SyslogParser.MAX_LINE_BYTES) {
            return SyslogParser.tooLong(envelope.message().length());
        }
        String host = envelope.host() == null ? arrival.host() : envelope.host();
        Arrival known = new Arrival(arrival.time(), host);
        Instant time =
                envelope.time() == null ? arrival.time() : SyslogParser.believed(envelope.time(), arrival.time());
        String program = envelope.writer().program();
        if (program.isEmpty()) {
            return withHeader(envelope.message(), known, new Arrival(time, host), envelopesLeft - 1);
        }
        return syslog.unwrapped(
                new LogLine(time, host, program, envelope.writer().pid(), envelope.message()), known);
    }

    private ParsedLine withHeader(String message, Arrival arrival, Arrival unstamped, int envelopesLeft)
            throws EnvelopeException {
        ParsedLine parsed = parse(message, arrival, unstamped, envelopesLeft);
        if (parsed instanceof LineError error && error.reason() == Reason.NO_SYSLOG_HEADER) {
            throw new EnvelopeException("the message has no syslog header, and the record names no program: none of "
                    + EnvelopeNames.of(Part.PROGRAM));
        }
        return parsed;
    }
}
