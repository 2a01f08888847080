package org.slash64.deploy.check;

import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.spf.SpfOutline;

/**
 * The SPF records at a name, which should be one (RFC 7208 section 3.2).
 *
 * @param domain where they are
 * @param texts as they are published
 * @param unanswered why DNS could not say; empty where it could
 */
record SpfPublished(String domain, List<String> texts, Optional<String> unanswered) {
    SpfPublished {
        texts = List.copyOf(texts);
    }

    static SpfPublished of(String domain, DnsAnswer answer) {
        return new SpfPublished(
                domain,
                SpfOutline.records(answer),
                answer.outcome().isTemporary()
                        ? Optional.of(answer.outcome() + ", " + answer.detail())
                        : Optional.empty());
    }

    /** The only record, where it is not too long to be given back changed. */
    Optional<String> text() {
        return texts.size() == 1 && texts.get(0).length() <= CheckLimits.MAX_SPF_TEXT
                ? Optional.of(texts.get(0))
                : Optional.empty();
    }

    /** What the only record says. */
    Optional<SpfOutline> outline() {
        return texts.size() == 1 ? Optional.of(SpfOutline.of(texts.get(0), domain)) : Optional.empty();
    }
}
