package org.slash64.deploy.bench.soak;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serializer;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;
import org.slash64.testkit.load.LoadEvents;

/** Input as nobody should send it, one kind after the other. One thread. */
final class Malformed {

    private static final int MOST_NOISE = 300;
    private static final int OVERSIZED = 70_000;
    private static final int LONG_TEXT = 5_000;

    /** An oversized line takes room, so only one malformed line of so many is one. */
    private static final int SELDOM = 100;

    private static final byte[] UNKNOWN_SCHEMA = {0, 127, 127, 127, 127, 1, 2, 3};

    private final SplittableRandom random;
    private long lines;
    private long events;

    Malformed(SplittableRandom random) {
        this.random = random;
    }

    /** A line, without its end. */
    byte[] line(HostLog host, Instant now) {
        long number = lines++;
        if (number % SELDOM == SELDOM - 1) {
            byte[] oversized = new byte[OVERSIZED];
            Arrays.fill(oversized, (byte) 'a');
            return prefixed(number, oversized);
        }
        String smtpd = "postfix/smtpd[" + (1 + number % 30_000) + "]: ";
        return switch ((int) (number % 10)) {
            case 0 -> noise();
            case 1 -> text("no header at all " + number);
            case 2 -> text("2026-02-31T99:00:00Z " + host.name() + " " + smtpd + "connect from a.test[192.0.2.1]");
            case 3 -> host.line(now, smtpd + "connect from a.test[no address " + number + "]");
            case 4 -> host.line(now, smtpd + "connect from a.test[2001:db8::" + number);
            case 5 -> text("{\"message\": \"cut off in its " + number);
            case 6 -> text(" \t ");
            case 7 -> prefixed(number, new byte[MOST_NOISE]);
            case 8 -> host.line(now, smtpd + "NOQUEUE: reject: RCPT from [" + "[".repeat(LONG_TEXT) + number);
            default -> host.line(now, "\u202e\u0000\u001b[2J" + number + smtpd + "disconnect from [::1%lo]");
        };
    }

    private static byte[] prefixed(long number, byte[] rest) {
        byte[] start = text(number + " ");
        System.arraycopy(start, 0, rest, 0, start.length);
        return rest;
    }

    /** Bytes without a line's end, the first of which no text begins with. */
    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(MOST_NOISE)];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise[i] == '\n' || noise[i] == '\r' ? 0 : noise[i];
        }
        noise[0] = 1;
        return noise;
    }

    /** The value of a record of smtp.events: no event, or one that says what no mail server does. */
    byte[] event(LoadEvents good, Instant now, Serializer<SmtpEvent> serializer) {
        SmtpEvent event = good.next();
        event.setTime(now);
        event.setCountedAt(now);
        long number = events++;
        switch ((int) (number % 9)) {
            case 0 -> {
                return noise();
            }
            case 1 -> {
                return new byte[0];
            }
            case 2 -> {
                return UNKNOWN_SCHEMA.clone();
            }
            case 3 -> {
                byte[] whole = serializer.serialize(Topics.SMTP_EVENTS.name(), event);
                return Arrays.copyOf(whole, whole.length / 2);
            }
            case 4 -> event.setClient("::ffff:1.2.3.4.5 or " + number);
            case 5 -> event.setClient("f".repeat(LONG_TEXT));
            case 6 -> {
                event.setMailFrom("\u202e\u0000\n@" + "x".repeat(LONG_TEXT));
                event.setHelo("\u0007" + ".".repeat(LONG_TEXT));
                event.setClientName("-".repeat(LONG_TEXT));
            }
            case 7 -> count(event, now.plus(Duration.ofDays(30)));
            default -> count(event, Instant.ofEpochMilli(-1_000 * number));
        }
        return serializer.serialize(Topics.SMTP_EVENTS.name(), event);
    }

    /** As of a host whose clock is wrong; that of the others is not. */
    private static void count(SmtpEvent event, Instant at) {
        event.setHost("no-clock");
        event.setCountedAt(at);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
