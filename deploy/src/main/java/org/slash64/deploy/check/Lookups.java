package org.slash64.deploy.check;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.domain.DomainName;
import org.xbill.DNS.Name;

/** Names for DNS, and waiting for its answers; each comes within the check's deadline. */
final class Lookups {
    private Lookups() {}

    /** The name to ask for. */
    static Name name(DomainName domain) {
        return Name.fromConstantString(domain.ascii() + ".");
    }

    /** In lower case without the dot at the end; bytes that do not print are {@code \DDD}. */
    static String text(Name name) {
        return name.canonicalize().toString(true);
    }

    static <T> List<T> await(List<CompletableFuture<T>> started) {
        return started.stream().map(CompletableFuture::join).toList();
    }
}
