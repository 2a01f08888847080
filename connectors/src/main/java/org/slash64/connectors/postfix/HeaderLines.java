package org.slash64.connectors.postfix;

import java.util.List;
import java.util.Locale;
import org.slash64.connectors.log.HeaderAddresses;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Field;
import org.slash64.connectors.log.SmtpFact.Header;

/**
 * Header rules that refuse nothing: {@code info: header From: A <a@example.org> from CLIENT; from=<…> to=<…> proto=ESMTP
 * helo=<…>}, and so with {@code warning}, {@code prepend}, {@code hold} and the others of header_checks(5). Postfix logs 200
 * bytes of the field at most. The field is the client's, so the last place is taken at which a client and a list can be
 * read.
 */
final class HeaderLines {

    private static final String HEADER = ": header ";
    private static final String FROM = " from ";
    private static final int MAX_ACTION = 32;
    private static final int MAX_CANDIDATES = 32;

    /** cleanup_message.c logs {@code %.200s}, and what is not printable as one character each. */
    private static final int LOGGED_BYTES = 200;

    private HeaderLines() {}

    /**
     * What the line tells.
     *
     * @param at behind the queue id
     * @param otherwise where it is another kind of line
     */
    static SmtpFact parse(String queueId, String text, int at, SmtpFact otherwise) {
        int header = text.indexOf(HEADER, at);
        if (header < 0 || header - at > MAX_ACTION || text.lastIndexOf(' ', header - 1) >= at) {
            return otherwise;
        }
        int start = header + HEADER.length();
        int from = text.lastIndexOf(FROM);
        for (int tried = 0; from >= start && tried < MAX_CANDIDATES; tried++, from = text.lastIndexOf(FROM, from - 1)) {
            ClientToken client = ClientToken.at(text, from + FROM.length());
            boolean list = client.end() > from + FROM.length() && text.startsWith(";", client.end());
            Attributes attributes = list ? Attributes.at(text, client.end(), Attributes.Ending.TEXT) : null;
            if (attributes != null && client.usable()) {
                return seen(queueId, text.substring(start, from), attributes.envelope());
            }
        }
        return otherwise;
    }

    private static Header seen(String queueId, String header, Envelope envelope) {
        int colon = header.indexOf(':');
        Field field = colon < 0 ? null : field(header.substring(0, colon));
        if (field == null) {
            return new Header(queueId, null, List.of(), false, envelope);
        }
        boolean cut = header.length() >= LOGGED_BYTES;
        List<String> domains = HeaderAddresses.domains(header.substring(colon + 1), cut);
        return new Header(queueId, field, domains, cut, envelope);
    }

    private static Field field(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "from" -> Field.FROM;
            case "reply-to" -> Field.REPLY_TO;
            case "sender" -> Field.SENDER;
            default -> null;
        };
    }
}
