package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {

    @ParameterizedTest
    @CsvSource({"0,0", "9999,0", "10000,10000", "-1,-10000", "-10000,-10000"})
    void startOf_isTheMultipleOfTenSecondsAtOrBefore(long millis, long start) {
        assertThat(Bucket.startOf(millis)).isEqualTo(start);
    }
}
