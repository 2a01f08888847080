package org.slash64.deploy.pipeline;

import java.util.Optional;
import org.slash64.connectors.accessmap.AccessMaps;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.connectors.csv.CsvTables;
import org.slash64.connectors.json.JsonDocument;
import org.slash64.connectors.nftables.NftSets;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListingText;
import org.slash64.connectors.rbldnsd.RbldnsdZones;
import org.slash64.connectors.rpz.ResponsePolicyZone;

/** The formats in which the list is published. */
public enum PublishedFormat {
    RBLDNSD,
    POSTFIX_CIDR,
    NFTABLES,
    RPZ,
    CSV,
    JSON;

    /** Writes it, with a link to more about each entry where the format has a place for one. */
    public ListFormat with(Optional<LinkTemplate> link) {
        return switch (this) {
            case RBLDNSD -> new RbldnsdZones(new ListingText(link));
            case POSTFIX_CIDR -> new AccessMaps(new ListingText(link));
            case NFTABLES -> new NftSets();
            case RPZ -> new ResponsePolicyZone();
            case CSV -> new CsvTables();
            case JSON -> new JsonDocument(link);
        };
    }
}
