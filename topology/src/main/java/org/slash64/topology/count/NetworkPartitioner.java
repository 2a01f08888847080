package org.slash64.topology.count;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/**
 * Puts all levels of a network on one partition: records go by the /48 or /24 that their key lies in.
 *
 * @param <V> whatever the value is
 */
public final class NetworkPartitioner<V> implements StreamPartitioner<String, V> {

    /** The key of a record that every partition gets. */
    public static final String EVERYWHERE = "*";

    private final Function<String, Optional<Prefix>> prefixOfKey;

    private NetworkPartitioner(Function<String, Optional<Prefix>> prefixOfKey) {
        this.prefixOfKey = prefixOfKey;
    }

    /** For keys that are, or start with, a prefix in text, ended by a blank or an at sign. Other keys go by their hash. */
    public static <V> NetworkPartitioner<V> byKey() {
        return new NetworkPartitioner<>(key -> Prefix.parse(key.substring(0, subjectEnd(key))));
    }

    private static int subjectEnd(String key) {
        int end = 0;
        while (end < key.length() && key.charAt(end) != ' ' && key.charAt(end) != '@') {
            end++;
        }
        return end;
    }

    /** The key under which a subject is shuffled: the network of a prefix, or the domain. */
    public static String keyOf(Subject subject) {
        return subject instanceof Prefix prefix
                ? Prefix.network(prefix.address()).toString()
                : subject.toString();
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, String key, V value, int count) {
        if (key.equals(EVERYWHERE)) {
            return Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
        }
        byte[] bytes = prefixOfKey
                .apply(key)
                .map(prefix -> Prefix.network(prefix.address()).key())
                .orElseGet(() -> Utils.utf8(key));
        return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(bytes)) % count));
    }
}
