package org.slash64.topology.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarkTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1_763_280_000_000L, Long.MIN_VALUE, Long.MAX_VALUE})
    void read_whatWasWritten(long millis) {
        assertThat(Watermark.read(new RecordHeader(Watermark.HEADER, Watermark.bytes(millis))))
                .contains(millis);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 9, 100})
    void read_otherLengths_areEmpty(int length) {
        assertThat(Watermark.read(new RecordHeader(Watermark.HEADER, new byte[length])))
                .isEmpty();
    }

    @Test
    void read_nothing_isEmpty() {
        assertThat(Watermark.read(null)).isEmpty();
        assertThat(Watermark.read(new RecordHeader(Watermark.HEADER, null))).isEmpty();
    }
}
