package org.slash64.deploy.pipeline;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.publish.ChangeBound;
import org.slash64.connectors.publish.Publication;

/**
 * How the list is published.
 *
 * @param formats in which it is written
 * @param bound by how much a version may differ from the one before
 */
public record PublishSettings(List<PublishedFormat> formats, ChangeBound bound) {

    public PublishSettings {
        formats = List.copyOf(formats);
    }

    /** All formats. */
    public static PublishSettings defaults() {
        return new PublishSettings(List.of(PublishedFormat.values()), ChangeBound.defaults());
    }

    /** The same, in these formats alone. */
    public PublishSettings withFormats(List<PublishedFormat> others) {
        return new PublishSettings(others, bound);
    }

    /** Writes versions into a folder so. */
    public Publication into(Path folder, Optional<LinkTemplate> link, Clock clock) {
        return new Publication(formats.stream().map(format -> format.with(link)).toList(), folder, bound, clock);
    }
}
