package org.slash64.connectors.verdict;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Method;

/**
 * Gathers the claims of one line, in its order. A message has one result of SPF, of DMARC and of ARC; where a line has two
 * that differ, a text of the sender's imitates one of them, and neither counts.
 */
public final class Claims {

    private static final int MAX_CLAIMS = 32; // no honest message carries as many signatures
    private static final Set<Method> ONCE = EnumSet.of(Method.SPF, Method.DMARC, Method.ARC);

    private final List<Claim> claims = new ArrayList<>();

    /** Adds one; the same twice is one. */
    public void add(Claim claim) {
        if (claims.size() < MAX_CLAIMS && !claims.contains(claim)) {
            claims.add(claim);
        }
    }

    /** Those that count. */
    public List<Claim> list() {
        return claims.stream().filter(this::counts).toList();
    }

    private boolean counts(Claim claim) {
        return !ONCE.contains(claim.method())
                || claims.stream()
                        .allMatch(other -> other.method() != claim.method()
                                || other.result().equals(claim.result()));
    }
}
