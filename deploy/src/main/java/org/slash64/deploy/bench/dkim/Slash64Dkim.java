package org.slash64.deploy.bench.dkim;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slash64.deploy.bench.TxtInMemory;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.DkimVerifier;

/** Our side. */
final class Slash64Dkim {

    /** Some minutes after the messages were signed. */
    private static final Instant ARRIVAL = Instant.ofEpochSecond(1_700_000_300);

    private final DkimVerifier verifier;

    Slash64Dkim(Map<String, String> records) {
        verifier = new DkimVerifier(new TxtInMemory(records));
    }

    boolean passes(DkimMaterial material) {
        List<DkimResult> results = verifier.verify(material, ARRIVAL).join();
        return results.get(0).status() == DkimStatus.PASS;
    }
}
