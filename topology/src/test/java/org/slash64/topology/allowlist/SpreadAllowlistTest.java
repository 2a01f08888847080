package org.slash64.topology.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.state.Allowance;
import org.slash64.schemas.state.Contribution;
import org.slash64.topology.SchemasInMemory;
import org.slash64.topology.StepContext;
import org.slash64.topology.count.NetworkPartitioner;

class SpreadAllowlistTest {

    private static final AllowEntry ENTRY = new AllowEntry("whatever", "our relay", "joe", Instant.EPOCH);

    private final StepContext<String, Object> step = new StepContext<>(0);
    private final SpreadAllowlist spread = new SpreadAllowlist(
            AvroSerde.forTopic(Topics.ALLOWLIST, new SchemasInMemory()).serializer());

    @BeforeEach
    void start() {
        spread.init(step.context());
    }

    private List<Record<? extends String, ? extends Object>> spread(String key, AllowEntry entry) {
        spread.process(new Record<>(key, entry, step.now()));
        return step.forwarded();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::25,2001:db8::25/128",
        "192.0.2.25,192.0.2.25/32",
        "2001:DB8::/32,2001:db8::/32",
        "Example.ORG,example.org"
    })
    void process_entry_goesToEveryTaskUnderItsSubject(String key, String subject) {
        assertThat(spread(key, ENTRY)).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(NetworkPartitioner.EVERYWHERE);
            AllowEntry kept = new AllowEntry(subject, "our relay", "joe", Instant.EPOCH);
            assertThat(record.value()).isEqualTo(new Contribution(new Allowance(subject, kept)));
        });
    }

    @Test
    void process_textsOfAnyLength_areCut() {
        String long1 = "x".repeat(900_000);
        assertThat(spread("example.org", new AllowEntry(long1, long1, long1, Instant.EPOCH)))
                .singleElement()
                .satisfies(record -> assertThat(record.value().toString()).hasSizeLessThan(1_000));
    }

    @Test
    void process_tombstone_takesTheSubjectOff() {
        assertThat(spread("example.org", null))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.value()).isEqualTo(new Contribution(new Allowance("example.org", null))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "nobody", "2001:db8::1/64"})
    void process_anythingElse_isSetAside(String key) {
        assertThat(spread(key, ENTRY))
                .singleElement()
                .satisfies(record -> assertThat(record.value())
                        .isInstanceOfSatisfying(
                                DeadLetter.class,
                                letter -> assertThat(letter.reason()).isEqualTo("BAD_ALLOWLIST_KEY")));
        assertThat(spread(key, null)).isEmpty();
    }

    @Test
    void process_noKey_isSetAside() {
        assertThat(spread(null, ENTRY)).hasSize(1);
        assertThat(spread(null, null)).isEmpty();
    }
}
