package org.slash64.deploy.bench.dkim;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.JmhSide;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Workload;

/** Verification where the hashes are finished and the key record is at hand. */
final class DkimBench implements Bench {

    private static final double TARGET = 0.9;

    private final RoundTimes times;

    DkimBench(RoundTimes times) {
        this.times = times;
    }

    @Override
    public String name() {
        return "dkim";
    }

    @Override
    public String unit() {
        return "signatures/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(TARGET);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("work", "slash64: material and key record to verdict; JDK: the signed bytes with a ready key");
        settings.put("messages", DkimSample.MESSAGES + " of " + DkimSample.KEYS + " keys, seed " + DkimSample.SEED);
        settings.put("counted", KeyKind.RSA.label());
        JmhSide.describe(times, settings);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return Stream.of(KeyKind.values()).map(this::workload).toList();
    }

    private Workload workload(KeyKind kind) {
        return new Workload(
                kind.label(),
                kind == KeyKind.RSA,
                new JmhSide("slash64", "DkimBenchmarks.slash64", kind.label(), times),
                new JmhSide("JDK Signature", "DkimBenchmarks.jdk", kind.label(), times));
    }

    @Override
    public void verify() throws IOException {
        for (KeyKind kind : KeyKind.values()) {
            DkimSample sample = DkimSample.of(kind);
            Slash64Dkim ours = new Slash64Dkim(sample.records());
            JdkSignature theirs = new JdkSignature(kind);
            for (SignedMessage message : sample.messages()) {
                if (!ours.passes(message.material()) || !passes(theirs, message)) {
                    throw new IOException("a signature of the sample does not pass: " + message.material());
                }
            }
        }
    }

    private static boolean passes(JdkSignature jdk, SignedMessage message) throws IOException {
        try {
            return jdk.passes(message);
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK cannot verify: " + e.getMessage(), e);
        }
    }
}
