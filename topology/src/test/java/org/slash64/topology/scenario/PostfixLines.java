package org.slash64.topology.scenario;

import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slash64.schemas.SmtpEvent;

/** An event as the lines by which Postfix tells of it: a session of a process of its own. */
final class PostfixLines {

    private static final int FIRST_PROCESS = 100;

    private int process = FIRST_PROCESS;

    List<String> of(SmtpEvent event) {
        process++;
        String client = "unknown[" + event.getClient() + "]";
        return switch (event.getKind()) {
            case CONNECTION ->
                List.of(
                        smtpd(event, "connect from " + client),
                        smtpd(event, "disconnect from " + client + " quit=1 commands=1"));
            case REJECTION ->
                List.of(
                        smtpd(event, "connect from " + client),
                        smtpd(
                                event,
                                "NOQUEUE: reject: RCPT from " + client + ": " + reply(event) + "; from=<"
                                        + event.getMailFrom()
                                        + "> to=<b@example.com> proto=ESMTP helo=<c.example.org>"),
                        smtpd(event, "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4"));
            case MESSAGE -> message(event, client);
        };
    }

    private static String reply(SmtpEvent event) {
        return event.getReplyCode() + " " + event.getEnhancedStatus() + " <b@example.com>: " + event.getReason();
    }

    private List<String> message(SmtpEvent event, String client) {
        String queueId = String.format("4F%05XA", process);
        String sasl =
                event.getSaslMethod() == null ? "" : ", sasl_method=" + event.getSaslMethod() + ", sasl_username=joe";
        return List.of(
                smtpd(event, "connect from " + client),
                smtpd(event, queueId + ": client=" + client + sasl),
                line(
                        event,
                        "qmgr[9]",
                        queueId + ": from=<" + event.getMailFrom() + ">, size=" + event.getSize()
                                + ", nrcpt=1 (queue active)"),
                smtpd(event, "disconnect from " + client + " ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5"));
    }

    private String smtpd(SmtpEvent event, String text) {
        return line(event, event.getService() + "[" + process + "]", text);
    }

    private static String line(SmtpEvent event, String service, String text) {
        String time = event.getTime().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+00:00");
        return time + " " + event.getHost() + " postfix/" + service + ": " + text;
    }
}
