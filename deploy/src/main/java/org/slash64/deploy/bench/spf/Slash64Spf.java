package org.slash64.deploy.bench.spf;

import java.util.Map;
import org.slash64.deploy.bench.TxtInMemory;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.Address;

/** Our side. */
final class Slash64Spf {

    private final Spf spf;

    Slash64Spf(Map<String, String> records) {
        spf = new Spf(new TxtInMemory(records));
    }

    /** From text to verdict. */
    SpfResult check(SpfCase each) {
        Address client = Address.parse(each.client()).orElseThrow();
        return spf.check(SpfQuery.mailFrom(client.toInetAddress(), each.sender(), each.helo()))
                .join();
    }
}
