package org.slash64.connectors.log;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time stamps of syslog headers: RFC 3164 section 4.1.2, and ISO 8601 as in RFC 5424 section 6.2.3. */
public final class Stamp {

    /** How far the clock of a logging host may be ahead before a stamp without a year is taken for last year's. */
    private static final Duration YEAR_SLACK = Duration.ofDays(1);

    /** 29 February recurs within eight years, also across a year such as 2100. */
    private static final int YEARS_BACK = 8;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int NANO_DIGITS = 9;
    private static final int BSD_CHARACTERS = "Nov 16 08:00:01".length();

    /** Less than there is between the same stamp of two years, whatever the zone. */
    private static final long SECONDS_OF_SHORT_YEAR = 364L * SECONDS_PER_DAY;

    private final ZoneId zone;

    /** Threads may overwrite each other's: each value is whole, and an older one only makes more work. */
    private Recent recent;

    /** @param zone of stamps that name none */
    public Stamp(ZoneId zone) {
        this.zone = zone;
    }

    /** True where a date such as {@code 2026-} begins. */
    public static boolean startsIso(Cursor in) {
        return Cursor.isDigit(in.peek(0))
                && Cursor.isDigit(in.peek(1))
                && Cursor.isDigit(in.peek(2))
                && Cursor.isDigit(in.peek(3))
                && in.peek(4) == '-';
    }

    /** True where a month's English name begins. */
    public static boolean startsBsd(Cursor in) {
        return in.peek(3) == ' ' && monthAt(in) > 0;
    }

    /** The month named at the cursor, 1 to 12, or 0. */
    private static int monthAt(Cursor in) {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (MONTHS.charAt(i) == in.peek(0)
                    && MONTHS.charAt(i + 1) == in.peek(1)
                    && MONTHS.charAt(i + 2) == in.peek(2)) {
                return i / 3 + 1;
            }
        }
        return 0;
    }

    /** {@code 2026-11-16T08:00:01.123456+01:00}; blank for T, comma for the point; null where it is no time. */
    public Instant iso(Cursor in) {
        int year = in.digits(4);
        boolean dashes = in.skip('-');
        int month = in.digits(2);
        dashes &= in.skip('-');
        int day = in.digits(2);
        boolean separated = in.skip('T') || in.skip(' ');
        if (!dashes || !separated || !isDate(year, month, day)) {
            return null;
        }
        long seconds = timeOfDay(in);
        if (seconds < 0) {
            return null;
        }
        int nanos = fraction(in);
        return offset(in, LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY + seconds, nanos);
    }

    /** {@code Nov 16 08:00:01}, also with a year before the time; null where it is no time. */
    public Instant bsd(Cursor in, Instant arrival) {
        Recent before = recent;
        if (before != null && before.isAt(in, arrival)) {
            in.at += BSD_CHARACTERS;
            return before.time();
        }
        int start = in.at;
        Instant time = readBsd(in, arrival);
        if (time != null && in.at - start == BSD_CHARACTERS) {
            recent = new Recent(in.text.substring(start, in.at), time);
        }
        return time;
    }

    /**
     * The stamp that was read last: a busy log has hundreds of lines a second.
     *
     * @param text {@code Nov 16 08:00:01}
     */
    private record Recent(String text, Instant time) {

        /** It is there again, and nothing follows that belongs to it, and its year is still the one that fits. */
        boolean isAt(Cursor in, Instant arrival) {
            char next = in.peek(BSD_CHARACTERS);
            long ahead = time.getEpochSecond() - arrival.getEpochSecond();
            return in.text.startsWith(text, in.at)
                    && next != '.'
                    && next != ','
                    && ahead < YEAR_SLACK.toSeconds()
                    && ahead > YEAR_SLACK.toSeconds() - SECONDS_OF_SHORT_YEAR;
        }
    }

    private Instant readBsd(Cursor in, Instant arrival) {
        int month = monthAt(in);
        in.at += 3;
        in.skipBlanks();
        int day = in.digits(2);
        if (day < 0) {
            day = in.digits(1);
        }
        if (day < 1 || !in.skip(' ')) {
            return null;
        }
        int year = in.peek(4) == ' ' ? in.digits(4) : -1;
        in.skipBlanks();
        long seconds = timeOfDay(in);
        if (seconds < 0) {
            return null;
        }
        int nanos = fraction(in);
        return year >= 0
                ? onDate(year, month, day, seconds, nanos)
                : latestYear(month, day, seconds, nanos, arrival.plus(YEAR_SLACK));
    }

    private Instant latestYear(int month, int day, long seconds, int nanos, Instant limit) {
        int newest = LocalDateTime.ofInstant(limit, zone).getYear();
        for (int year = newest; year >= newest - YEARS_BACK; year--) {
            Instant time = onDate(year, month, day, seconds, nanos);
            if (time != null && !time.isAfter(limit)) {
                return time;
            }
        }
        return null;
    }

    private Instant onDate(int year, int month, int day, long seconds, int nanos) {
        if (!isDate(year, month, day)) {
            return null;
        }
        return local(LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY + seconds, nanos);
    }

    private static boolean isDate(int year, int month, int day) {
        return year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= Month.of(month).length(Year.isLeap(year));
    }

    /** Seconds since midnight, or -1; second 60 is a leap second. */
    private static long timeOfDay(Cursor in) {
        int hour = in.digits(2);
        boolean colons = in.skip(':');
        int minute = in.digits(2);
        colons &= in.skip(':');
        int second = in.digits(2);
        boolean valid = colons && hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
        return valid ? hour * 3600L + minute * 60L + second : -1;
    }

    private static int fraction(Cursor in) {
        boolean point = in.peek(0) == '.' || in.peek(0) == ',';
        if (!point || !Cursor.isDigit(in.peek(1))) {
            return 0;
        }
        in.at++;
        int nanos = 0;
        int read = 0;
        for (; Cursor.isDigit(in.peek(0)); in.at++, read++) {
            if (read < NANO_DIGITS) {
                nanos = nanos * 10 + (in.peek(0) - '0');
            }
        }
        for (; read < NANO_DIGITS; read++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Z, +01:00 or +0100; without any of them the stamp is in the zone of the log. */
    private Instant offset(Cursor in, long seconds, int nanos) {
        if (in.skip('Z')) {
            return Instant.ofEpochSecond(seconds, nanos);
        }
        boolean west = in.peek(0) == '-';
        if (!west && in.peek(0) != '+') {
            return local(seconds, nanos);
        }
        in.at++;
        int hours = in.digits(2);
        in.skip(':');
        int minutes = in.digits(2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return null;
        }
        int offset = hours * 3600 + minutes * 60;
        return Instant.ofEpochSecond(seconds + (west ? offset : -offset), nanos);
    }

    private Instant local(long seconds, int nanos) {
        int offset = zone instanceof ZoneOffset fixed
                ? fixed.getTotalSeconds()
                : zone.getRules()
                        .getOffset(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC))
                        .getTotalSeconds();
        return Instant.ofEpochSecond(seconds - offset, nanos);
    }
}
