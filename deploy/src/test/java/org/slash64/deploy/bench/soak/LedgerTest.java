package org.slash64.deploy.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slash64.schemas.Sha256;

class LedgerTest {

    private static Ledger of(String... things) {
        Ledger ledger = new Ledger();
        for (String thing : things) {
            ledger.add(thing);
        }
        return ledger;
    }

    @Test
    void account_sameThingsInAnotherOrder_balances() {
        Account account = of("a", "b", "b").account("events", of("b", "a", "b"));
        assertThat(account).isEqualTo(new Account("events", 3, 3, 0, 0));
        assertThat(account.unaccounted()).isZero();
    }

    @Test
    void account_oneIsLost_doesNotBalance() {
        assertThat(of("a", "b").account("events", of("b"))).isEqualTo(new Account("events", 2, 1, 1, 0));
    }

    @Test
    void account_oneOfTwoAlikeIsLost_doesNotBalance() {
        assertThat(of("a", "a").account("lines", of("a")).missing()).isEqualTo(1);
    }

    @Test
    void account_oneCameTwice_doesNotBalance() {
        assertThat(of("a", "b").account("events", of("a", "b", "a"))).isEqualTo(new Account("events", 2, 3, 0, 1));
    }

    @Test
    void account_oneIsLostAndAnotherCameTwice_countsBoth() {
        Account account = of("a", "b").account("events", of("a", "a"));
        assertThat(account.expected()).isEqualTo(account.found());
        assertThat(account.unaccounted()).isEqualTo(2);
    }

    @Test
    void addHash_isTheThingItself() {
        Ledger known = new Ledger();
        known.addHash(Sha256.hex("a".getBytes(UTF_8)));
        assertThat(of("a").account("letters", known).unaccounted()).isZero();
        assertThat(known.contains("a".getBytes(UTF_8))).isTrue();
        assertThat(known.contains("b".getBytes(UTF_8))).isFalse();
    }

    @Test
    void addAll_takesHowOftenOver() {
        Ledger both = of("a");
        both.addAll(of("a", "b"));
        assertThat(both.total()).isEqualTo(3);
        assertThat(both.account("lines", of("a", "a", "b")).unaccounted()).isZero();
    }
}
