package org.slash64.topology.scenario;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;

/** Records as scenarios write them. */
final class Shown {

    /** The field that tells what is only provisional. */
    static final String PROVISIONAL = "provisional";

    private Shown() {}

    static Map<String, String> of(Listing listing) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("strikes", String.valueOf(listing.getStrikes()));
        shown.put("since", listing.getListedAt().toString());
        shown.put("until", listing.getExpires().toString());
        shown.put("because", listing.getReason());
        shown.put(PROVISIONAL, listing.getProvisional() ? "yes" : "no");
        return shown;
    }

    static Map<String, String> of(ListingChange change) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put(Words.of(change.getChange()), change.getSubject());
        shown.put("at", change.getAt().toString());
        shown.put("strikes", String.valueOf(change.getStrikes()));
        if (change.getExpires() != null) {
            shown.put("until", change.getExpires().toString());
        }
        shown.put("because", change.getWhy());
        return shown;
    }

    static Map<String, String> of(LimitDecision limit) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("action", Words.of(limit.getAction()));
        shown.put("since", limit.getSince().toString());
        shown.put("until", limit.getUntil().toString());
        shown.put("peak", String.valueOf(limit.getPeak()));
        shown.put(PROVISIONAL, limit.getProvisional() ? "yes" : "no");
        return shown;
    }

    static Map<String, String> of(DomainReputation reputation) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("standing", Words.of(reputation.getStanding()));
        shown.put("score", share(reputation.getScore()));
        shown.put("interval", share(reputation.getLower()) + " to " + share(reputation.getUpper()));
        shown.put("good", weight(reputation.getGood()));
        shown.put("bad", weight(reputation.getBad()));
        shown.put("messages", String.valueOf(reputation.getMessages()));
        shown.put("networks", String.valueOf(reputation.getNetworks()));
        return shown;
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.2f", share);
    }

    private static String weight(double weight) {
        return String.format(Locale.ROOT, "%.1f", weight);
    }

    static Map<String, String> of(FallbackSender sender) {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("told", String.valueOf(sender.getTold()));
        shown.put("mails", String.valueOf(sender.getDeferred()));
        shown.put("returned", String.valueOf(sender.getReturned()));
        shown.put("stayed", String.valueOf(sender.getStayed()));
        shown.put("gone", String.valueOf(sender.getGone()));
        shown.put("median", sender.getMedianReturn() == null ? "none" : sender.getMedianReturn() / 1_000 + "s");
        shown.put("exempt", sender.getExemptUntil() == null ? "no" : "until " + sender.getExemptUntil());
        return shown;
    }

    static Map<String, String> of(PrefixCount count) {
        Map<String, String> shown = fields(count.getCounts());
        shown.put("addresses", String.valueOf(count.getAddresses()));
        shown.put("children", String.valueOf(count.getChildren()));
        shown.put("closed", count.getClosed() ? "yes" : "no");
        return shown;
    }

    private static Map<String, String> fields(SpecificRecord record) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            shown.put(field.name(), String.valueOf(record.get(field.pos())));
        }
        return shown;
    }
}
