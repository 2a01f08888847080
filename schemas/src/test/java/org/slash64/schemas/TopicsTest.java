package org.slash64.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsTest {
    @Test
    void all_holdsThirteenTopicsOfDifferentNames() {
        assertThat(Topics.all()).extracting(Topic::name).hasSize(13).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "smtp.log,          1, delete,           86400000,    ,          ",
        "smtp.events,       4, delete,           604800000,   ,          SmtpEvent",
        "smtp.verdicts,     4, delete,           2592000000,  ,          SmtpVerdict",
        "smtp.feedback,     4, delete,           2592000000,  ,          Feedback",
        "prefix.counts,     4, delete,           2592000000,  ,          PrefixCount",
        "prefix.limits,     4, 'compact,delete', 86400000,    604800000, LimitDecision",
        "blocklist,         4, compact,          ,            604800000, Listing",
        "blocklist.history, 4, delete,           31536000000, ,          ListingChange",
        "domain.reputation, 4, compact,          ,            604800000, DomainReputation",
        "fallback.senders,  4, compact,          ,            604800000, FallbackSender",
        "allowlist,         4, compact,          ,            604800000, AllowEntry",
        "smtp.dead-letter,  4, delete,           2592000000,  ,          ",
        "slash64.file-positions, 4, compact,     ,            604800000, FilePosition"
    })
    void config_ofEachTopic_isAsDesigned(
            String name, int partitions, String policy, String retention, String tombstones, String record) {
        Topic<?> topic = Topics.all().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(topic.partitions()).isEqualTo(partitions);
        assertThat(topic.config()).containsEntry("cleanup.policy", policy);
        assertThat(topic.config().get("retention.ms")).isEqualTo(retention);
        assertThat(topic.config().get("delete.retention.ms")).isEqualTo(tombstones);
        assertThat(topic.config()).containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(topic.schema().map(schema -> schema.getName()).orElse(null)).isEqualTo(record);
        assertThat(topic.subject()).isEqualTo(name + "-value");
    }
}
