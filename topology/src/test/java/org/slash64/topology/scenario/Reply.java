package org.slash64.topology.scenario;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slash64.schemas.SmtpEvent;

/** What a client was told: {@code 550 5.1.1 User unknown}. */
record Reply(int code, String status, String reason) {

    private static final Pattern FORM = Pattern.compile("([45]\\d\\d) ([45]\\.\\d+\\.\\d+) (.+)");

    static Reply parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is no reply such as 550 5.1.1 User unknown");
        }
        return new Reply(Integer.parseInt(matcher.group(1)), matcher.group(2), matcher.group(3));
    }

    void describe(SmtpEvent event) {
        event.setReplyCode(code);
        event.setEnhancedStatus(status);
        event.setReason(reason);
    }

    @Override
    public String toString() {
        return code + " " + status + " " + reason;
    }
}
