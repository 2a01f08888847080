package org.slash64.connectors.milter;

import java.util.Optional;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Checked;
import org.slash64.connectors.answer.Opinion;

/** What a mail server is told at the end of a message. */
final class Reaction {

    /** RFC 5321 section 4.5.3.1.5: 512 octets with the line end. */
    private static final int MAX_REPLY = 510;

    private final MilterSettings settings;
    private final Negotiated negotiated;
    private final Replies replies;

    Reaction(MilterSettings settings, Negotiated negotiated, Replies replies) {
        this.settings = settings;
        this.negotiated = negotiated;
        this.replies = replies;
    }

    /** Tells it, and returns what was told. */
    Answer tell(Message message, Opinion opinion, Optional<Forged> forged) {
        Answer answer = settings.mode().applied(possible(opinion.answer(), message));
        if (answer instanceof Answer.Reject reject) {
            refuse(reject.reply());
        } else if (answer instanceof Answer.Defer defer) {
            refuse(defer.reply());
        } else if (answer instanceof Answer.TryIpv4 tryIpv4) {
            refuse(tryIpv4.reply());
        } else {
            results(message, opinion, forged);
            note(answer);
            replies.goOn();
        }
        return answer;
    }

    private void note(Answer answer) {
        if (answer instanceof Answer.Mark mark) {
            add(mark.field(), mark.value());
        } else if (answer instanceof Answer.Quarantine quarantine) {
            replies.quarantine(printable(quarantine.reply().text()));
        }
    }

    /** An IPv4 client has nowhere else to go; and not every mail server has a quarantine. */
    private Answer possible(Answer answer, Message message) {
        boolean lostOnIpv4 = answer instanceof Answer.TryIpv4
                && message.session().client().filter(client -> client.v6()).isEmpty();
        boolean noQuarantine = answer instanceof Answer.Quarantine && !negotiated.may(Negotiated.QUARANTINE);
        return lostOnIpv4 || noQuarantine ? new Answer.NoOpinion() : answer;
    }

    private void refuse(Answer.Reply reply) {
        String line = printable(reply.line());
        replies.refuse(line.substring(0, Math.min(MAX_REPLY, line.length())));
    }

    /** Forged fields go before our own comes, so that it is not taken for one. */
    private void results(Message message, Opinion opinion, Optional<Forged> forged) {
        if (negotiated.may(Negotiated.CHANGE_HEADERS)) {
            forged.ifPresent(fields -> fields.remove(replies));
        }
        if (settings.serverId().isPresent() && opinion.checked().isPresent()) {
            Checked checked = opinion.checked().get();
            add(Forged.RESULTS, AuthenticationResults.value(settings.serverId().get(), checked.findings(), message));
        }
    }

    private void add(String name, String value) {
        if (negotiated.may(Negotiated.ADD_HEADERS)) {
            replies.insertHeader(name, negotiated.keepsLeadingSpace() ? " " + value : value);
        }
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().map(c -> c < ' ' || c > '~' ? '?' : c).forEach(c -> printable.append((char) c));
        return printable.toString();
    }
}
