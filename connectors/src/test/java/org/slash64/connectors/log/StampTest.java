package org.slash64.connectors.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** A stamp that is read again after itself is what it would be alone. */
class StampTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-20T00:00:00Z");

    private final Stamp stamp = new Stamp(ZoneId.of("UTC"));

    private Instant bsd(String text, Instant arrival) {
        return stamp.bsd(new Cursor(text, text.length()), arrival);
    }

    private int endOf(String text) {
        Cursor in = new Cursor(text, text.length());
        stamp.bsd(in, ARRIVAL);
        return in.at();
    }

    @Test
    void bsd_sameStampAgain_isTheSameAndReadAsFar() {
        Instant time = Instant.parse("2026-11-16T08:00:01Z");
        assertThat(bsd("Nov 16 08:00:01 mx1", ARRIVAL)).isEqualTo(time);
        assertThat(bsd("Nov 16 08:00:01 mx1", ARRIVAL)).isEqualTo(time);
        assertThat(endOf("Nov 16 08:00:01 mx1")).isEqualTo(15);
    }

    @Test
    void bsd_sameBeginningWithAFraction_hasTheFraction() {
        bsd("Nov 16 08:00:01 mx1", ARRIVAL);
        assertThat(bsd("Nov 16 08:00:01.25 mx1", ARRIVAL)).isEqualTo(Instant.parse("2026-11-16T08:00:01.250Z"));
        assertThat(endOf("Nov 16 08:00:01,5 mx1")).isEqualTo(17);
    }

    @Test
    void bsd_sameStampInAnotherYear_isThatYears() {
        String text = "Nov 16 08:00:01 mx1";
        assertThat(bsd(text, ARRIVAL)).isEqualTo(Instant.parse("2026-11-16T08:00:01Z"));
        assertThat(bsd(text, Instant.parse("2027-11-20T00:00:00Z"))).isEqualTo(Instant.parse("2027-11-16T08:00:01Z"));
        assertThat(bsd(text, Instant.parse("2026-11-01T00:00:00Z"))).isEqualTo(Instant.parse("2025-11-16T08:00:01Z"));
        assertThat(bsd(text, Instant.parse("2026-11-15T09:00:00Z"))).isEqualTo(Instant.parse("2026-11-16T08:00:01Z"));
    }

    @Test
    void bsd_atEveryArrival_isWhatAFreshOneReads() {
        String text = "Dec 31 23:59:58 mx1";
        for (int hours = 0; hours < 3 * 366 * 24; hours += 5) {
            Instant arrival = ARRIVAL.plusSeconds(3600L * hours);
            Instant alone = new Stamp(ZoneId.of("UTC")).bsd(new Cursor(text, text.length()), arrival);
            assertThat(bsd(text, arrival)).isEqualTo(alone);
        }
    }
}
