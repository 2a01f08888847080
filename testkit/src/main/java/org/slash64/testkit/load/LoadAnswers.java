package org.slash64.testkit.load;

import java.util.List;
import org.slash64.testkit.dns.Answers;
import org.slash64.testkit.dns.ZoneAnswer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/** A {@link LoadZone} as a server of the root tells it: what it has no record of does not exist, for an hour. */
public final class LoadAnswers implements Answers {

    private static final long SECONDS = 3_600;

    private static final Record SOA =
            new SOARecord(Name.root, DClass.IN, SECONDS, Name.root, Name.root, 1, SECONDS, SECONDS, SECONDS, SECONDS);

    private static final ZoneAnswer NOTHING = new ZoneAnswer(Rcode.NXDOMAIN, List.of(), List.of(SOA));

    private final LoadZone zone;

    public LoadAnswers(LoadZone zone) {
        this.zone = zone;
    }

    @Override
    public ZoneAnswer lookup(Name name, int type) {
        return zone.record(name, type)
                .map(record -> new ZoneAnswer(Rcode.NOERROR, List.of(record), List.of()))
                .orElse(NOTHING);
    }
}
