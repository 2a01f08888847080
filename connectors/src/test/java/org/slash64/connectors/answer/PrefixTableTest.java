package org.slash64.connectors.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

class PrefixTableTest {

    private final PrefixTable<String> table = new PrefixTable<>();

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }

    private static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }

    private void put(String... prefixes) {
        for (String prefix : prefixes) {
            table.put(prefix(prefix), prefix);
        }
    }

    @Test
    void longest_ofNestedPrefixes_isTheFinest() {
        put("2001:db8::/32", "2001:db8:1::/48", "2001:db8:1:2::/64", "2001:db8:1:2::3/128");
        assertThat(table.longest(address("2001:db8:1:2::3"))).contains("2001:db8:1:2::3/128");
        assertThat(table.longest(address("2001:db8:1:2::4"))).contains("2001:db8:1:2::/64");
        assertThat(table.longest(address("2001:db8:1:3::4"))).contains("2001:db8:1::/48");
        assertThat(table.longest(address("2001:db8:2::"))).contains("2001:db8::/32");
        assertThat(table.longest(address("2001:db9::"))).isEmpty();
    }

    @Test
    void longest_ofOneFamily_isNotOfTheOther() {
        put("0.0.0.0/0", "192.0.2.0/24", "192.0.2.1/32");
        assertThat(table.longest(address("192.0.2.1"))).contains("192.0.2.1/32");
        assertThat(table.longest(address("192.0.2.2"))).contains("192.0.2.0/24");
        assertThat(table.longest(address("192.0.3.2"))).contains("0.0.0.0/0");
        assertThat(table.longest(address("c000:201::"))).isEmpty();
        put("::/0");
        assertThat(table.longest(address("c000:201::"))).contains("::/0");
        assertThat(table.longest(address("::ffff:192.0.2.1"))).contains("192.0.2.1/32");
    }

    @Test
    void all_nestedPrefixes_theLongestFirst() {
        put("2001:db8::/32", "2001:db8:1:2::/64", "2001:db8:1::/48", "2001:db8:2::/48");
        assertThat(table.all(address("2001:db8:1:2::4")))
                .containsExactly("2001:db8:1:2::/64", "2001:db8:1::/48", "2001:db8::/32");
    }

    @Test
    void get_ofAPrefixInsideAnother_isEmpty() {
        put("2001:db8::/32");
        assertThat(table.get(prefix("2001:db8:1::/48"))).isEmpty();
        assertThat(table.get(prefix("2001:db8::/32"))).contains("2001:db8::/32");
    }

    @Test
    void remove_andPutAgain_isThereAgain() {
        put("192.0.2.0/24");
        table.remove(prefix("192.0.2.0/24"));
        table.remove(prefix("198.51.100.0/24"));
        assertThat(table.longest(address("192.0.2.1"))).isEmpty();
        assertThat(table.size()).isZero();
        put("192.0.2.0/24");
        assertThat(table.longest(address("192.0.2.1"))).contains("192.0.2.0/24");
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void manyChanges_giveWhatAPlainSearchGives() {
        Random random = new Random(1);
        Map<Prefix, String> plain = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            Prefix prefix = randomPrefix(random);
            if (random.nextInt(3) == 0) {
                table.remove(prefix);
                plain.remove(prefix);
            } else {
                table.put(prefix, prefix.toString());
                plain.put(prefix, prefix.toString());
            }
        }
        assertThat(table.size()).isEqualTo(plain.size());
        List<Prefix> longestFirst = new ArrayList<>(plain.keySet());
        longestFirst.sort(Comparator.comparingInt(Prefix::length).reversed());
        for (int i = 0; i < 500; i++) {
            Address address = randomAddress(random);
            Optional<String> expected = longestFirst.stream()
                    .filter(prefix -> prefix.contains(address))
                    .findFirst()
                    .map(Prefix::toString);
            assertThat(table.longest(address)).isEqualTo(expected);
        }
    }

    /** From few networks, so that they nest. */
    private static Address randomAddress(Random random) {
        return random.nextBoolean()
                ? Address.ofV6(0x2001_0db8_0000_0000L | random.nextInt(1 << 20), random.nextInt(4))
                : Address.ofV4(0xc000_0000 | random.nextInt(1 << 14));
    }

    private static Prefix randomPrefix(Random random) {
        Address address = randomAddress(random);
        return Prefix.of(address, address.bits() - random.nextInt(address.v6() ? 100 : 20));
    }

    @Test
    void longest_whileOthersComeAndGo_isAlwaysFound() throws Exception {
        put("2001:db8::/32");
        AtomicBoolean missed = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                missed.compareAndSet(
                        false, table.longest(address("2001:db8::1")).isEmpty());
            }
        });
        reader.start();
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            Prefix other = Prefix.of(Address.ofV6(random.nextInt(2_000), 0), 32 + random.nextInt(2) * 16);
            if (random.nextBoolean()) {
                table.put(other, "other");
            } else {
                table.remove(other);
            }
        }
        done.set(true);
        reader.join();
        assertThat(missed).isFalse();
    }
}
