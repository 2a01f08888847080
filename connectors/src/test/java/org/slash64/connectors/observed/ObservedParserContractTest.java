package org.slash64.connectors.observed;

import java.util.List;
import java.util.Optional;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class ObservedParserContractTest extends LogParserContract {

    private static final String SESSION =
            "{\"saw\":\"session\",\"session\":\"a1\",\"connected\":\"2026-11-16T08:00:01.100Z\",\"client\":\"{CLIENT}\"}";

    private static final String MESSAGE = """
            {"saw":"message","session":"a1","number":1,"connected":"2026-11-16T08:00:01.100Z",\
            "started":"2026-11-16T08:00:01.200Z","client":"{CLIENT}","helo":"mail.example.org","queueId":"4RtY1k2Lz9z01",\
            "mailFrom":"a@example.org","recipients":1,"size":812,"from":["example.org"],"dkim":{"fromFields":1,\
            "passedOver":0,"signatures":[{"d":"example.org","s":"s1","i":"@example.org","a":"rsa-sha256",\
            "hash":"AAAA","body":"AAAA","bh":"AAAA","b":"AAAA","t":1700000000}]},\
            "refused":{"code":550,"status":"5.7.1","text":"slash64: no"}}""";

    @Override
    protected LogParser parser() {
        return new ObservedParser(Optional.empty());
    }

    @Override
    protected List<Sample> samples() {
        return List.of(line(SESSION), line(MESSAGE));
    }

    private static Sample line(String message) {
        return new Sample(ObservedParser.PROGRAM, message);
    }

    @Override
    protected List<String> fragments() {
        return List.of("{\"dkim\":", "[{", "\"from\":[\"", "{\"session\":\"a1\",\"connected\":\"");
    }
}
