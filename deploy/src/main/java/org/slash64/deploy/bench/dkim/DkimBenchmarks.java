package org.slash64.deploy.bench.dkim;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH runs; each call takes the next message, of another key. */
public class DkimBenchmarks {

    /** The messages, in turn. */
    @State(Scope.Thread)
    public static class Messages {

        @Param({"RSA-2048", "Ed25519"})
        public String workload;

        private List<SignedMessage> messages = List.of();
        private Slash64Dkim slash64 = new Slash64Dkim(Map.of());
        private JdkSignature jdk = new JdkSignature(KeyKind.RSA);
        private int next;

        @Setup
        public void sample() {
            KeyKind kind = KeyKind.of(workload);
            DkimSample sample = DkimSample.of(kind);
            messages = sample.messages();
            slash64 = new Slash64Dkim(sample.records());
            jdk = new JdkSignature(kind);
        }

        private SignedMessage next() {
            next = (next + 1) % messages.size();
            return messages.get(next);
        }
    }

    @Benchmark
    public boolean slash64(Messages messages) {
        return messages.slash64.passes(messages.next().material());
    }

    @Benchmark
    public boolean jdk(Messages messages) throws GeneralSecurityException {
        return messages.jdk.passes(messages.next());
    }
}
