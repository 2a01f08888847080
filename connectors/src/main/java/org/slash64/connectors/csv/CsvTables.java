package org.slash64.connectors.csv;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.Snapshot;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/**
 * Two tables by RFC 4180: {@code blocklist.csv} with listings and exceptions, {@code reputation.csv} with the domains whose standing is
 * clear. The first row of each is of the kind {@code snapshot} and says when the version was written. Times are RFC 3339 in UTC.
 */
public final class CsvTables implements ListFormat {

    private static final String END = "\r\n";

    @Override
    public Map<String, Content> files(Snapshot snapshot) {
        return Map.of(
                "blocklist.csv", out -> listings(snapshot, out),
                "reputation.csv", out -> reputations(snapshot, out));
    }

    private static void listings(Snapshot snapshot, Writer out) throws IOException {
        row(out, "version,kind,subject,reason,strikes,listed_at,expires,provisional");
        row(out, snapshot.version() + ",snapshot,,,," + snapshot.written() + ",,");
        for (Map.Entry<Prefix, Listing> entry : snapshot.prefixes().listings().entrySet()) {
            row(out, snapshot.version() + ",prefix," + of(entry.getKey(), entry.getValue()));
        }
        for (Prefix exception : snapshot.prefixes().exceptions()) {
            row(out, snapshot.version() + ",prefix exception," + exception + ",,,,,");
        }
        for (Map.Entry<Domain, Listing> entry : snapshot.domains().listings().entrySet()) {
            row(out, snapshot.version() + ",domain," + of(entry.getKey(), entry.getValue()));
        }
        for (Domain exception : snapshot.domains().exceptions()) {
            row(out, snapshot.version() + ",domain exception," + exception + ",,,,,");
        }
    }

    private static String of(Subject subject, Listing listing) {
        return cell(subject.toString()) + "," + cell(listing.getReason()) + "," + listing.getStrikes() + ","
                + listing.getListedAt() + "," + listing.getExpires() + "," + listing.getProvisional();
    }

    private static void reputations(Snapshot snapshot, Writer out) throws IOException {
        row(
                out,
                "version,kind,domain,standing,score,lower,upper,confidence,good,bad,events,messages,bytes,networks,"
                        + "first_seen,last_seen,as_of");
        row(out, snapshot.version() + ",snapshot" + ",".repeat(15) + snapshot.written());
        for (Map.Entry<Domain, DomainReputation> entry : snapshot.reputations().entrySet()) {
            row(out, snapshot.version() + ",reputation," + cell(entry.getKey().name()) + "," + of(entry.getValue()));
        }
    }

    private static String of(DomainReputation known) {
        return known.getStanding() + "," + known.getScore() + "," + known.getLower() + "," + known.getUpper() + ","
                + known.getConfidence() + "," + known.getGood() + "," + known.getBad() + "," + known.getEvents() + ","
                + known.getMessages() + "," + known.getBytes() + "," + known.getNetworks() + ","
                + known.getFirstSeen() + "," + known.getLastSeen() + "," + known.getAsOf();
    }

    private static void row(Writer out, String cells) throws IOException {
        out.write(cells);
        out.write(END);
    }

    /** Quoted, in one line; a spreadsheet must not take a stranger's words for a formula (CWE-1236). */
    private static String cell(String text) {
        StringBuilder cell = new StringBuilder(text.length() + 2).append('"');
        if (!text.isEmpty() && "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".indexOf(text.charAt(0)) >= 0) {
            cell.append('\'');
        }
        text.codePoints()
                .map(c -> steers(c) ? ' ' : c)
                .forEach(c -> cell.append(c == '"' ? "\"\"" : Character.toString(c)));
        return cell.append('"').toString();
    }

    /** Controls, bidirectional ones among them, and what some programs take for a line end. */
    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
