package org.slash64.connectors.milter;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.InlineChecks;
import org.slash64.connectors.answer.Mail;
import org.slash64.connectors.answer.Opinion;

/** Decides by the configured policy. Mail that it does not judge is checked all the same, unless it is the site's own. */
public final class PolicyDecision implements Decision {

    private final Answers answers;
    private final InlineChecks checks;

    /** @param checks the same as of the answers */
    public PolicyDecision(Answers answers, InlineChecks checks) {
        this.answers = answers;
        this.checks = checks;
    }

    @Override
    public CompletableFuture<Opinion> decide(Message message) {
        Mail mail = mail(message);
        return answers.opinion(mail).thenCompose(opinion -> checked(mail, opinion));
    }

    private CompletableFuture<Opinion> checked(Mail mail, Opinion opinion) {
        boolean enough = switch (opinion.basis()) {
            case EXEMPT, POLICY, FAILED -> true;
            case STALE, ALLOWED -> opinion.checked().isPresent();
        };
        if (enough || mail.client().isEmpty()) {
            return CompletableFuture.completedFuture(opinion);
        }
        return checks.check(mail, mail.client().get())
                .thenApply(checked ->
                        new Opinion(opinion.answer(), opinion.basis(), opinion.grounds(), Optional.of(checked)));
    }

    /** Postfix calls its services by the name of the host unless told otherwise, which says nothing. */
    private static String service(Session session) {
        return session.daemon()
                .filter(name -> !session.host().equals(Optional.of(name)))
                .orElse("");
    }

    private static Mail mail(Message message) {
        Session session = message.session();
        return new Mail(
                session.client(),
                message.saslMethod().isPresent() || message.saslUser().isPresent(),
                Mail.service(service(session), session.daemonPort()),
                session.helo(),
                Optional.of(message.mailFrom()),
                Optional.of(new Mail.Content(message.fromDomains(), message.dkim())));
    }
}
