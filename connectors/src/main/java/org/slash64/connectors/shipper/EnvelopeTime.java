package org.slash64.connectors.shipper;

import java.time.Instant;
import org.slash64.connectors.log.Cursor;
import org.slash64.connectors.log.Stamp;

/** Times as shippers write them: stamps of syslog headers, and numbers since 1970 of any unit. */
final class EnvelopeTime {

    private static final int MAX_CHARACTERS = 64;
    private static final int MAX_DIGITS = 18;
    private static final int NANO_DIGITS = 9;
    private static final long NANOS = 1_000_000_000L;

    /** As seconds this is the year 5138; as milliseconds it is 1973. */
    private static final long MAX_SECONDS = 100_000_000_000L;

    private static final long MAX_MILLIS = MAX_SECONDS * 1_000;
    private static final long MAX_MICROS = MAX_MILLIS * 1_000;

    private final Stamp stamp;

    EnvelopeTime(Stamp stamp) {
        this.stamp = stamp;
    }

    /** The time; null where the text is none. */
    Instant read(String text, Instant arrival) {
        Cursor in = new Cursor(text, Math.min(text.length(), MAX_CHARACTERS));
        if (Stamp.startsIso(in)) {
            return stamp.iso(in);
        }
        return Stamp.startsBsd(in) ? stamp.bsd(in, arrival) : number(text);
    }

    private static Instant number(String text) {
        int digits = 0;
        while (digits < text.length() && Cursor.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > MAX_DIGITS + 1 || text.length() > MAX_CHARACTERS) {
            return null;
        }
        if (text.length() == digits) {
            return whole(text);
        }
        return digits <= MAX_DIGITS && isFraction(text, digits) ? seconds(text, digits) : exponent(text);
    }

    private static Instant whole(String text) {
        if (text.length() > MAX_DIGITS) {
            return Instant.ofEpochSecond(
                    Long.parseLong(text.substring(0, text.length() - NANO_DIGITS)),
                    Long.parseLong(text.substring(text.length() - NANO_DIGITS)));
        }
        long number = Long.parseLong(text);
        if (number < MAX_SECONDS) {
            return Instant.ofEpochSecond(number);
        }
        long unit = number < MAX_MILLIS ? 1_000 : number < MAX_MICROS ? 1_000_000 : NANOS;
        return Instant.ofEpochSecond(number / unit, number % unit * (NANOS / unit));
    }

    private static boolean isFraction(String text, int point) {
        boolean digits = text.charAt(point) == '.' && text.length() > point + 1;
        for (int i = point + 1; digits && i < text.length(); i++) {
            digits = Cursor.isDigit(text.charAt(i));
        }
        return digits;
    }

    private static Instant seconds(String text, int point) {
        long seconds = Long.parseLong(text.substring(0, point));
        long nanos = 0;
        for (int i = 1; i <= NANO_DIGITS; i++) {
            nanos = nanos * 10 + (point + i < text.length() ? text.charAt(point + i) - '0' : 0);
        }
        return seconds < MAX_SECONDS ? Instant.ofEpochSecond(seconds, nanos) : null;
    }

    /** Such as 1.7632800011234e+09, as some languages print large numbers. */
    private static Instant exponent(String text) {
        try {
            double seconds = Double.parseDouble(text);
            return seconds < MAX_SECONDS ? Instant.ofEpochSecond((long) seconds, (long) (seconds % 1 * NANOS)) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
