package org.slash64.enrichers.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Answers as told, NXDOMAIN to all else, and writes down what is asked. */
final class ScriptedDns implements Dns {
    private final Map<String, CompletableFuture<DnsAnswer>> script = new HashMap<>();
    private final List<String> questions = new ArrayList<>();

    /** Records of one type at a name, in the text of a zone file. */
    ScriptedDns answers(String name, int type, String... data) throws Exception {
        List<Record> records = new ArrayList<>();
        for (String text : data) {
            records.add(Record.fromString(absolute(name), type, DClass.IN, 60, text, Name.root));
        }
        return script(name, type, new DnsAnswer(DnsOutcome.ANSWER, records, Duration.ofMinutes(1), ""));
    }

    ScriptedDns ends(String name, int type, DnsOutcome outcome) {
        return script(name, type, new DnsAnswer(outcome, List.of(), Duration.ZERO, "scripted"));
    }

    /** Never answered. */
    ScriptedDns hangs(String name, int type) {
        script.put(key(absolute(name), type), new CompletableFuture<>());
        return this;
    }

    ScriptedDns fails(String name, int type, Throwable failure) {
        script.put(key(absolute(name), type), CompletableFuture.failedFuture(failure));
        return this;
    }

    private ScriptedDns script(String name, int type, DnsAnswer answer) {
        script.put(key(absolute(name), type), CompletableFuture.completedFuture(answer));
        return this;
    }

    private static Name absolute(String name) {
        return Name.fromConstantString(name + ".");
    }

    private static String key(Name name, int type) {
        return name.toString(true) + " " + Type.string(type);
    }

    /** As {@code name TYPE}, in the order they came. */
    List<String> questions() {
        return questions;
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        String key = key(name, type);
        questions.add(key);
        DnsAnswer unknown = new DnsAnswer(DnsOutcome.NXDOMAIN, List.of(), Duration.ZERO, "NXDOMAIN");
        return script.getOrDefault(key, CompletableFuture.completedFuture(unknown));
    }
}
