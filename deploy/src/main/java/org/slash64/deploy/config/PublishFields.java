package org.slash64.deploy.config;

import org.slash64.connectors.publish.ChangeBound;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.deploy.pipeline.PublishSettings;
import org.slash64.deploy.pipeline.PublishedFormat;

/** {@link PublishSettings} in a file. */
final class PublishFields {

    private static final int MOST_GROWTH = 1_000_000;
    private static final int MOST_ENTRIES = 1_000_000_000;

    private PublishFields() {}

    static PublishSettings read(Section section) {
        PublishSettings defaults = PublishSettings.defaults();
        ChangeBound bound = defaults.bound();
        return new PublishSettings(
                section.value(
                        "formats",
                        defaults.formats(),
                        ListOf.distinct(Types.oneOf(PublishedFormat.class), 0, PublishedFormat.values().length),
                        "What is written into the folder `zones`."),
                new ChangeBound(
                        section.value(
                                "max-growth-percent",
                                bound.growth(),
                                Numbers.count(0, MOST_GROWTH),
                                "By how much a list may grow from one version to the next before somebody has to confirm"
                                        + " it. Prefixes and domains are counted apart."),
                        section.value(
                                "max-shrinkage-percent",
                                bound.shrinkage(),
                                Numbers.count(0, 100),
                                "By how much it may shrink."),
                        section.value(
                                "unchecked-changes",
                                bound.always(),
                                Numbers.count(0, MOST_ENTRIES),
                                "So many entries more or fewer are never too many.")));
    }
}
