package org.slash64.connectors.exim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Tls;

/** {@code <= sender H=client P=esmtps X=… S=… id=…}: a message is accepted, told on one line. */
final class ArrivalLines {

    private static final String NULL_SENDER = "<>";
    private static final int MAX_NAMES = 16;
    private static final int MAX_NAME = 255; // RFC 1035 section 2.3.4

    private ArrivalLines() {}

    static SmtpFact parse(String queueId, String text, int start) {
        int senderEnd = Text.addressEnd(text, start);
        int host = Text.after(text, senderEnd, " H=", " DS H=");
        if (host < 0) {
            return withoutHost(text, senderEnd);
        }
        Client client = Client.at(text, host, "");
        if (!client.usable()) {
            return client.fault();
        }
        String sender = text.substring(start, senderEnd);
        String from = sender.equals(NULL_SENDER) ? "" : SafeText.of(sender);
        Fields fields = client.fields();
        return new Received(
                client.session(),
                queueId,
                envelope(from, client),
                messageId(fields),
                size(fields.get(Field.SIZE)),
                fields.recipients() > 0 ? fields.recipients() : null,
                tls(fields));
    }

    /** Given on the command line, or made by Exim itself. */
    private static SmtpFact withoutHost(String text, int senderEnd) {
        boolean told = Fields.at(text, senderEnd).get(Field.PROTOCOL) != null;
        return told ? new Ignored(Why.LOCAL_ORIGIN) : Text.broken("an arrival without host and protocol");
    }

    private static Envelope envelope(String from, Client client) {
        String logged = client.fields().get(Field.PROTOCOL);
        String protocol = protocol(logged);
        boolean greeted = client.helo() != null || !"ESMTP".equals(protocol);
        String helo =
                greeted ? client.helo() : client.session().clientName(); // not logged twice where they are the same
        return new Envelope(from, client.fields().onlyRecipient(), protocol, helo, saslMethod(client.fields(), logged));
    }

    /** {@code smtp}, {@code esmtps}, {@code esmtpsa}, {@code utf8esmtp}: RFC 3848. */
    private static String protocol(String logged) {
        if (logged == null || !logged.contains("smtp")) {
            return null;
        }
        return logged.contains("esmtp") ? "ESMTP" : "SMTP";
    }

    /** Only the protocol proves an authentication: Exim writes it before anything that a client could imitate. */
    private static String saslMethod(Fields fields, String protocol) {
        if (protocol == null || !(protocol.endsWith("smtpa") || protocol.endsWith("smtpsa"))) {
            return null;
        }
        String authenticator = fields.authenticator();
        return authenticator == null || authenticator.isEmpty() ? Envelope.UNNAMED_MECHANISM : authenticator;
    }

    private static String messageId(Fields fields) {
        String id = fields.get(Field.MESSAGE_ID);
        return id == null ? fields.get(Field.OWN_MESSAGE_ID) : id;
    }

    private static Long size(String logged) {
        return logged == null ? null : Text.number(logged, 0, logged.length());
    }

    /** {@code X=TLS1.3:CIPHER:256}, {@code CV=yes} and {@code DN="…"}; null without encryption. */
    static Tls tls(Fields fields) {
        String cipher = fields.get(Field.CIPHER);
        if (cipher == null) {
            return null;
        }
        String[] parts = cipher.split(":", 3);
        String name = parts.length > 1 ? parts[1] : null;
        return new Tls(version(parts[0]), name, names(fields));
    }

    private static String version(String logged) {
        return logged.startsWith("TLS1") ? "TLSv" + logged.substring(3) : logged;
    }

    private static List<String> names(Fields fields) {
        String subject = fields.get(Field.CERTIFICATE);
        boolean trusted = "yes".equals(fields.get(Field.VERIFIED)) || "dane".equals(fields.get(Field.VERIFIED));
        return trusted && subject != null ? commonNames(subject) : List.of();
    }

    /** {@code /C=UK/CN=client.example.com} of OpenSSL, {@code O=Example\, Inc,CN=client.example.com} of RFC 4514. */
    private static List<String> commonNames(String subject) {
        char separator = subject.startsWith("/") ? '/' : ',';
        List<String> names = new ArrayList<>();
        int start = separator == '/' ? 1 : 0;
        while (start < subject.length() && names.size() < MAX_NAMES) {
            int end = partEnd(subject, start, separator);
            String part = subject.substring(start, end).strip();
            if (part.regionMatches(true, 0, "CN=", 0, 3) && part.length() > 3 && part.length() <= MAX_NAME) {
                names.add(part.substring(3).toLowerCase(Locale.ROOT));
            }
            start = end + 1;
        }
        return List.copyOf(names);
    }

    private static int partEnd(String subject, int start, char separator) {
        int at = start;
        while (at < subject.length() && subject.charAt(at) != separator) {
            at += subject.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, subject.length());
    }
}
