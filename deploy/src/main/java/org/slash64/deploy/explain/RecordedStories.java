package org.slash64.deploy.explain;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.connectors.follow.FollowedRecords;
import org.slash64.connectors.publish.BlocklistPublisher;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.deploy.state.SubjectState;
import org.slash64.deploy.state.SubjectStates;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topic;
import org.slash64.schemas.registry.RegistryClient;

/** Stories from what the topics hold, where no stream runs whose stores could be asked. */
public final class RecordedStories implements AutoCloseable {

    private static final SubjectStates NO_STORES = subject -> SubjectState.unknown(true, false, "topics");

    private final TopicReader reader;
    private final RegistryClient registry;
    private final Collection<AllowEntry> alwaysAllowed;
    private final List<Duration> windows;

    /**
     * @param alwaysAllowed the allowlist's file
     * @param windows lengths of the windows that are counted
     */
    public RecordedStories(Endpoints endpoints, Collection<AllowEntry> alwaysAllowed, List<Duration> windows) {
        this.reader = new TopicReader(endpoints);
        this.registry = endpoints.registry();
        this.alwaysAllowed = List.copyOf(alwaysAllowed);
        this.windows = windows;
    }

    /** Reads the topics to their ends; the bounds of the view hold for what is about the subject alone. */
    public Story tell(String asked, Subject subject) {
        PublishedState published = new PublishedState(alwaysAllowed);
        read(BlocklistPublisher.TOPICS, (topic, entry) -> published.take(topic, entry.key(), entry.value()));
        TopicView view = new TopicView(windows, TopicView.Observer.NOBODY);
        read(TopicView.TOPICS, (topic, entry) -> {
            if (isAbout(entry.key(), subject)) {
                view.take(topic, entry.key(), entry.value());
            }
        });
        view.caughtUp(Instant.EPOCH);
        return new Storyteller(published, view, NO_STORES)
                .tell(asked)
                .orElseThrow(() -> new IllegalArgumentException(asked));
    }

    /** Keys are, or start with, a subject, ended by a blank or an at sign. */
    private static boolean isAbout(String key, Subject subject) {
        return key != null && key.split("[ @]", 2)[0].equals(subject.toString());
    }

    private record Entry(String key, SpecificRecord value) {}

    private void read(List<Topic<? extends SpecificRecord>> topics, BiConsumer<String, Entry> each) {
        FollowedRecords values = new FollowedRecords(registry, topics);
        for (Topic<? extends SpecificRecord> topic : topics) {
            reader.read(
                    topic.name(), values, record -> each.accept(topic.name(), new Entry(record.key(), record.value())));
        }
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
