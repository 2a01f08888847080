package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPartitionerTest {

    private static final int COUNT = 7;

    private final NetworkPartitioner<String> partitioner = NetworkPartitioner.byKey();

    private Set<Integer> of(String key) {
        return partitioner.partitions("topic", key, "value", COUNT).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1::/48, 2001:db8:1:200::/56",
        "2001:db8:1::/48, 2001:db8:1:2ff::/64",
        "2001:db8:1::/48, 2001:db8:1:2ff::1/128",
        "2001:db8:1::/48, 2001:db8:1:2ff::/64 rejections",
        "2001:db8:1::/48, 2001:db8:1:2ff::/64@PT1M@2026-11-16T08:00:00Z",
        "192.0.2.0/24, 192.0.2.77/32",
        "192.0.2.0/24, 192.0.2.77/32@P1D@2026-11-16T00:00:00Z"
    })
    void partitions_allLevelsOfANetwork_areOnOne(String network, String key) {
        assertThat(of(key)).hasSize(1).isEqualTo(of(network));
    }

    @Test
    void partitions_networks_areSpread() {
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            used.addAll(of("2001:db8:" + Integer.toHexString(i) + "::/48"));
        }
        assertThat(used).hasSize(COUNT);
    }

    @Test
    void partitions_everywhere_isAll() {
        assertThat(of(NetworkPartitioner.EVERYWHERE)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "", " ", "@", "2001:db8::1", "1.2.3.4/24"})
    void partitions_otherKeys_goByTheirHash(String key) {
        assertThat(of(key)).hasSize(1).allMatch(partition -> partition >= 0 && partition < COUNT);
        assertThat(of(key)).isEqualTo(of(key));
    }
}
