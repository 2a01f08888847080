package org.slash64.deploy.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.ListingState;

class StatesTest {

    private static final HostInfo ONE = new HostInfo("192.0.2.1", 8064);
    private static final HostInfo OTHER = new HostInfo("192.0.2.2", 8064);

    /** Has nothing. */
    private static final class EmptyStore implements ReadOnlyKeyValueStore<Bytes, ListingState> {

        @Override
        public ListingState get(Bytes key) {
            return null;
        }

        @Override
        public KeyValueIterator<Bytes, ListingState> range(Bytes from, Bytes to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyValueIterator<Bytes, ListingState> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long approximateNumEntries() {
            return 0;
        }
    }

    @Test
    void subjectThatACopyLacks_isStale() {
        LocalStates states = new LocalStates(Optional::empty, ONE);
        Subject subject = Domain.parse("nobody.example").orElseThrow();
        assertThat(states.read(new EmptyStore(), subject, true).stale()).isTrue();
        assertThat(states.read(new EmptyStore(), subject, false).stale()).isFalse();
    }

    @Test
    void ownerIsAskedFirst_whereThereIsOne() {
        assertThat(ClusterStates.inOrder(new KeyQueryMetadata(ONE, Set.of(OTHER), 0)))
                .containsExactly(ONE, OTHER);
        assertThat(ClusterStates.inOrder(new KeyQueryMetadata(HostInfo.unavailable(), Set.of(OTHER), 0)))
                .containsExactly(OTHER);
    }
}
