package org.slash64.deploy.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slash64.deploy.state.SubjectState;
import org.slash64.deploy.view.Allowance;
import org.slash64.deploy.view.ChangeEntry;
import org.slash64.deploy.view.CountedWindow;
import org.slash64.deploy.view.LimitEntry;
import org.slash64.deploy.view.ListingEntry;
import org.slash64.deploy.view.ReputationEntry;

/**
 * All that is known of a prefix or domain.
 *
 * @param asked the text that was asked for
 * @param subject what the story is about: of an address its /64 (IPv4: itself)
 * @param kind prefix or domain
 * @param state allowed, listed, limited, seen or unknown; the first that holds
 * @param sentences the story in words, the most important first
 * @param listing its own listing
 * @param covering listings of prefixes or domains that it lies within, the finest first
 * @param allowed the entry of the allowlist that it lies within
 * @param limits that are or lately were in force
 * @param reputation of a domain
 * @param evidence what the stores know
 * @param windows what came in the last of the longest windows, where it is among the busy
 * @param history changes of its listing, the oldest first
 * @param eventTime how far events have come
 * @param complete false where a part could not be asked for
 */
public record Story(
        String asked,
        String subject,
        String kind,
        String state,
        List<String> sentences,
        Optional<ListingEntry> listing,
        List<ListingEntry> covering,
        Optional<Allowance> allowed,
        List<LimitEntry> limits,
        Optional<ReputationEntry> reputation,
        SubjectState evidence,
        List<CountedWindow> windows,
        List<ChangeEntry> history,
        Instant eventTime,
        boolean complete) {}
