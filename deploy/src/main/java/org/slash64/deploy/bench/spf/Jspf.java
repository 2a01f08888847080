package org.slash64.deploy.bench.spf;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.jspf.core.DNSRequest;
import org.apache.james.jspf.core.DNSService;
import org.apache.james.jspf.impl.SPF;

/** The other side: jSPF as its documentation has it, with its synchronous executor, which is its fastest. */
final class Jspf {

    static final String LABEL = "jSPF 1.0.5";

    private final SPF spf;

    Jspf(Map<String, String> records) {
        spf = new SPF(new Memory(records));
    }

    /** The result's word, such as {@code pass}. */
    String check(SpfCase each) {
        return spf.checkSPF(each.client(), each.sender(), each.helo()).getResult();
    }

    private static final class Memory implements DNSService {

        private final Map<String, List<String>> texts = new HashMap<>();

        Memory(Map<String, String> records) {
            records.forEach((name, text) -> texts.put(name, List.of(text)));
        }

        @Override
        public List<String> getRecords(DNSRequest request) {
            return request.getRecordType() == DNSRequest.TXT
                    ? texts.getOrDefault(request.getHostname(), List.of())
                    : List.of();
        }

        @Override
        public CompletionStage<List<String>> getRecordsAsync(DNSRequest request) {
            return CompletableFuture.completedFuture(getRecords(request));
        }

        @Override
        public List<String> getLocalDomainNames() {
            return List.of("localhost");
        }

        @Override
        public void setTimeOut(int seconds) {
            // memory answers at once
        }

        @Override
        public int getRecordLimit() {
            return 0; // the service's own, beside those of SPF: none
        }

        @Override
        public void setRecordLimit(int limit) {
            // there is none
        }
    }
}
