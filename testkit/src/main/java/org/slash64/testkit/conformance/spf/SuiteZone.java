package org.slash64.testkit.conformance.spf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slash64.testkit.conformance.spf.SuiteAnswer.Kind;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The DNS of one scenario, in memory. Names that it does not list do not exist, and there are no wildcards. */
public final class SuiteZone {
    /** CNAME records followed in one answer; a loop ends here. */
    public static final int MAX_CNAME_LINKS = 16;

    /** A name that starts so stands for a server that fails. */
    private static final String FAILING = "error.";

    private final Map<Name, SuiteNode> nodes;

    SuiteZone(Map<Name, SuiteNode> nodes) {
        this.nodes = new HashMap<>(nodes);
    }

    /** Answers one question. */
    public SuiteAnswer lookup(Name name, int type) {
        Name owner = name;
        for (int links = 0; links <= MAX_CNAME_LINKS; links++) {
            SuiteAnswer answer = at(owner, type);
            Optional<Name> alias = answer.kind() == Kind.NODATA ? alias(owner, type) : Optional.empty();
            if (alias.isEmpty()) {
                return answer;
            }
            owner = alias.get();
        }
        return SuiteAnswer.without(Kind.CNAME_LOOP);
    }

    private SuiteAnswer at(Name owner, int type) {
        SuiteNode node = nodes.get(owner);
        if (node == null) {
            boolean failing = owner.toString().regionMatches(true, 0, FAILING, 0, FAILING.length());
            return SuiteAnswer.without(failing ? Kind.SERVFAIL : Kind.NXDOMAIN);
        }
        if (node.timesOut(type)) {
            return SuiteAnswer.without(Kind.TIMEOUT);
        }
        List<Record> records = node.records(type);
        return records.isEmpty() ? SuiteAnswer.without(Kind.NODATA) : new SuiteAnswer(Kind.ANSWER, records);
    }

    private Optional<Name> alias(Name owner, int type) {
        if (type == Type.CNAME) {
            return Optional.empty();
        }
        return nodes.get(owner).records(Type.CNAME).stream()
                .map(record -> ((CNAMERecord) record).getTarget())
                .findFirst();
    }
}
