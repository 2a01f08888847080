package org.slash64.connectors.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListFormatContract;
import org.slash64.connectors.publish.Listings;
import org.slash64.connectors.publish.Longest;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Standing;

class CsvTablesTest extends ListFormatContract {

    @Override
    protected ListFormat format() {
        return new CsvTables();
    }

    @Override
    protected Reader read(Map<String, String> files) {
        Longest read = new Longest();
        List<List<String>> rows = rows(files.get("blocklist.csv"));
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(rows.get(0)));
        rows.forEach(row -> {
            boolean listed = !row.get(1).endsWith(" exception");
            if (row.get(1).startsWith("prefix")) {
                read.put(Prefix.parse(row.get(2)).orElseThrow(), listed);
            } else if (row.get(1).startsWith("domain")) {
                read.put(row.get(2), listed);
            }
        });
        return read;
    }

    private static List<List<String>> rows(String text) {
        assertThat(text).endsWith("\r\n");
        return text.lines().map(CsvTablesTest::cells).toList();
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            boolean doubled = quoted && c == '"' && i + 1 < row.length() && row.charAt(i + 1) == '"';
            if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c != '"' || doubled) {
                cell.append(c);
                i += doubled ? 1 : 0;
            } else {
                quoted = !quoted;
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static String reason(String said) {
        String text = new Listings()
                .add("2001:db8::/48", said)
                .written(new CsvTables(), Listings.LISTED)
                .get("blocklist.csv");
        return cells(text.lines().toList().get(2)).get(3);
    }

    @Test
    void files_haveAHeaderAndSayWhenTheyWereWritten() {
        Map<String, String> files = new Listings()
                .add("2001:db8::/48", "9 of 12 \"bad\", listed")
                .allow("2001:db8::1/128")
                .addDomain("example.org", "b")
                .allowDomain("a.example.org")
                .know("example.org", Standing.BAD)
                .written(format(), Listings.LISTED);
        assertThat(files.get("blocklist.csv").lines())
                .containsExactly(
                        "version,kind,subject,reason,strikes,listed_at,expires,provisional",
                        "1794816000,snapshot,,,,2026-11-16T08:00:00Z,,",
                        "1794816000,prefix,\"2001:db8::/48\",\"9 of 12 \"\"bad\"\", listed\",1,2026-11-16T08:00:00Z,"
                                + "2026-11-17T09:30:59Z,false",
                        "1794816000,prefix exception,2001:db8::1/128,,,,,",
                        "1794816000,domain,\"example.org\",\"b\",1,2026-11-16T08:00:00Z,2026-11-17T09:30:59Z,false",
                        "1794816000,domain exception,a.example.org,,,,,");
        List<List<String>> known = rows(files.get("reputation.csv"));
        assertThat(known).hasSize(3).allSatisfy(row -> assertThat(row).hasSameSizeAs(known.get(0)));
        assertThat(known.get(1)).endsWith("2026-11-16T08:00:00Z");
        assertThat(known.get(2)).startsWith("1794816000", "reputation", "example.org", "BAD", "0.5");
    }

    @Test
    void reasons_thatLookLikeFormulas_areNone() {
        assertThat(reason("=1+1")).isEqualTo("'=1+1");
        assertThat(reason("+1")).isEqualTo("'+1");
        assertThat(reason("-1")).isEqualTo("'-1");
        assertThat(reason("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(reason("\t=1")).isEqualTo("' =1");
        assertThat(reason("1=1")).isEqualTo("1=1");
    }
}
