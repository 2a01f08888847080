package org.slash64.connectors.rspamd;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class RspamdParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new RspamdParser();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                line("<03d22c>; task; rspamd_task_write_log: id: <a@example.org>, qid: <4F1A2B3C4D>, ip:"
                        + " 2001:db8::1, from: <b@example.org>, (default: F (no action): [0.40/15.00]"
                        + " [R_DKIM_ALLOW(-0.20){example.org:s=sel;},R_SPF_ALLOW(-0.20){+ip6:2001:db8::/32:c;},MI"
                        + "ME_TRACE(0.00){0:+;1:+;}]), len: 1234, time: 12.345ms, dns req: 3, digest: <00>,"
                        + " rcpts: <c@example.net>"),
                line("<03d22c>; proxy; rspamd_task_write_log: id: <undef>, qid: <4F1A2B3C4D>, ip:"
                        + " 192.0.2.1, user: x, (default: T (reject): [25.00/15.00] [GTUBE(0.00){}]), len: 1"),
                line("(rspamd_proxy) <03d22c>; milter; rspamd_milter_process_command: got connection from"
                        + " 192.0.2.1:25"),
                line("<03d22c>; task; rspamd_message_parse: loaded message; id: <a@example.org>; queue-id:"
                        + " <4F1A2B3C4D>; size: 33953; checksum: <00>"),
                line("<main>; cfg; rspamd_config_read: loaded"));
    }

    private static Sample line(String message) {
        return new Sample("rspamd", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of(
                "},R_DKIM_ALLOW(0){", "{a;", "R_DKIM_ALLOW,", "R_SPF_ALLOW{", ">, qid: <", "(default: T (", "],", "}");
    }
}
