package org.slash64.connectors.publish;

import java.util.HashMap;
import java.util.Map;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

/** Entries and exceptions of which the longest counts. */
public final class Longest implements ListFormatContract.Reader {
    private final Map<Prefix, Boolean> prefixes = new HashMap<>();
    private final Map<String, Boolean> names = new HashMap<>();

    /** Notes a prefix. */
    public void put(Prefix prefix, boolean listed) {
        prefixes.put(prefix, listed);
    }

    /** Notes a domain with all names under it. */
    public void put(String domain, boolean listed) {
        names.put(domain, listed);
    }

    @Override
    public boolean lists(Address client) {
        for (int length = client.bits(); length >= 0; length--) {
            Boolean listed = prefixes.get(Prefix.of(client, length));
            if (listed != null) {
                return listed;
            }
        }
        return false;
    }

    @Override
    public boolean lists(String name) {
        for (String over = name; !over.isEmpty(); over = over.substring(over.indexOf('.') + 1)) {
            Boolean listed = names.get(over);
            if (listed != null || over.indexOf('.') < 0) {
                return listed != null && listed;
            }
        }
        return false;
    }
}
