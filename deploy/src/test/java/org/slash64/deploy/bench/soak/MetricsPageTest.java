package org.slash64.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final MetricsPage PAGE = new MetricsPage("""
            # HELP jvm_memory_used_bytes The amount of used memory
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="old"} 3.0E7
            jvm_memory_used_bytes{area="heap",id="young"} 5.0
            jvm_memory_used_bytes{area="nonheap",id="code"} 7.0
            jvm_threads_live_threads 41.0
            jvm_threads_live_threads_more 1.0
            """);

    @Test
    void sum_withLabel_isOfThoseThatHaveIt() {
        assertThat(PAGE.sum("jvm_memory_used_bytes", "area=\"heap\"")).isEqualTo(3.0E7 + 5);
    }

    @Test
    void sum_withoutLabel_isOfAllOfThatName() {
        assertThat(PAGE.sum("jvm_threads_live_threads", "")).isEqualTo(41);
        assertThat(PAGE.sum("jvm_none", "")).isZero();
    }
}
