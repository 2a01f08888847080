package org.slash64.deploy.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Address;
import org.slash64.schemas.SmtpEvent;
import org.slash64.testkit.load.Mix;

class LiveTest {

    @Test
    void load_hasTheTimesThatItIsTold_andClientsOfItsEvents() {
        LoadStream load = new LoadStream(Mix.standard().of(1_000, 100));
        Instant time = Instant.parse("2026-11-20T00:00:00Z");
        List<String> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SmtpEvent event = load.next(time.plusMillis(i));
            assertThat(event.getTime()).isEqualTo(event.getCountedAt()).isEqualTo(time.plusMillis(i));
            clients.add(event.getClient());
        }
        assertThat(load.firstClients(20)).extracting(Address::toString).isEqualTo(clients);
    }

    @Test
    void pace_tellsWhenEachIsDue() {
        Pace pace = new Pace(-7, 3);
        assertThat(pace.due(0)).isEqualTo(-7);
        assertThat(pace.after(3_000_000_000L))
                .isEqualTo(Duration.ofSeconds(1_000_000_000).toNanos());
        assertThat(pace.due(1)).isEqualTo(333_333_326);
        assertThat(pace.in(Duration.ofMillis(2_500))).isEqualTo(7);
    }
}
