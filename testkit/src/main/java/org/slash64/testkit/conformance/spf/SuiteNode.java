package org.slash64.testkit.conformance.spf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a scenario says of one name: the entries in their order. */
final class SuiteNode {
    private final Map<Integer, List<Record>> records = new HashMap<>();
    /** Made from SPF entries; they count where the name has no TXT entry of its own. */
    private final List<Record> txtOfSpf = new ArrayList<>();

    private final Set<Integer> timeouts = new HashSet<>();
    private boolean ownTxt;
    private boolean othersTimeOut;

    void add(Record record) {
        ownTxt |= record.getType() == Type.TXT;
        if (!othersTimeOut || records.containsKey(record.getType())) { // else it is listed after the time-out
            records.computeIfAbsent(record.getType(), type -> new ArrayList<>()).add(record);
        }
    }

    void addTxtOfSpf(Record record) {
        txtOfSpf.add(record);
    }

    /** {@code TXT: NONE}. */
    void noTxt() {
        ownTxt = true;
    }

    void timeOut(int type) {
        timeouts.add(type);
    }

    void timeOutOthers() {
        othersTimeOut = true;
    }

    boolean timesOut(int type) {
        return timeouts.contains(type) || (othersTimeOut && !records.containsKey(type));
    }

    List<Record> records(int type) {
        if (type == Type.TXT && !ownTxt) {
            return List.copyOf(txtOfSpf);
        }
        return List.copyOf(records.getOrDefault(type, List.of()));
    }
}
