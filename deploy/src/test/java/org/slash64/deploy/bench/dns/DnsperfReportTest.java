package org.slash64.deploy.bench.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DnsperfReportTest {
    private static final String PRINTED = """
            DNS Performance Testing Tool
            Version 2.10.0

            [Status] Stopping after 2.000000 seconds
            [Status] Testing complete (time limit)

            Statistics:

              Queries sent:         182345
              Queries completed:    182340 (100.00%)
              Queries lost:         5 (0.00%)

              Response codes:       SERVFAIL 2 (0.00%), NOERROR 182338 (100.00%)
              Average packet size:  request 40, response 56
              Run time (s):         2.000765
              Queries per second:   91135.140791
            """;

    @Test
    void parse_whatIsPrinted_hasTheFigures() throws IOException {
        assertThat(DnsperfReport.parse(PRINTED)).isEqualTo(new DnsperfReport(182_340, 5, 182_338, 91_135.140791));
    }

    @Test
    void parse_anythingElse_saysWhatWasPrinted() {
        assertThatIOException()
                .isThrownBy(() -> DnsperfReport.parse("Error: unable to bind"))
                .withMessageContaining("unable to bind");
        assertThatIOException()
                .isThrownBy(() -> DnsperfReport.parse(PRINTED.replace("NOERROR", "REFUSED")))
                .withMessageContaining("NOERROR");
    }
}
