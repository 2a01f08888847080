package org.slash64.connectors.rbldnsd;

import java.util.Map;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListFormatContract;
import org.slash64.connectors.publish.ListingText;
import org.slash64.connectors.publish.Longest;
import org.slash64.schemas.Prefix;

class RbldnsdContractTest extends ListFormatContract {

    @Override
    protected ListFormat format() {
        return new RbldnsdZones(new ListingText(LINK));
    }

    @Override
    protected Reader read(Map<String, String> files) {
        Longest read = new Longest();
        files.forEach((name, text) -> text.lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("$") && !line.startsWith(":1"))
                .forEach(line -> take(name, line, read)));
        return read;
    }

    private static void take(String file, String line, Longest read) {
        boolean listed = !line.startsWith("!");
        String entry = (listed ? line : line.substring(1)).split(" ", 2)[0];
        if (!file.endsWith("dnset")) {
            Prefix.parse(entry).ifPresent(prefix -> read.put(prefix, listed)); // not the test entry ::ffff:7f00:2
        } else if (entry.startsWith(".")) {
            read.put(entry.substring(1), listed);
        }
    }
}
