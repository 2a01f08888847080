package org.slash64.connectors.policy;

import java.util.concurrent.CompletableFuture;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.Mail;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Opinion;

/** Makes the reply to a request. Any thread. */
final class Judge {

    private static final byte[] DUNNO = PolicyAction.reply(new Answer.NoOpinion());

    private final Answers answers;
    private final Mode mode;
    private final PolicyStatistics statistics;
    private final RecentMessages marked = new RecentMessages();

    Judge(Answers answers, Mode mode, PolicyStatistics statistics) {
        this.answers = answers;
        this.mode = mode;
        this.statistics = statistics;
    }

    /** The reply; it never fails. */
    CompletableFuture<byte[]> reply(PolicyRequest request, LastChecked last) {
        statistics.request();
        if (!request.isJudged()) {
            statistics.answer(PolicyAction.DUNNO);
            return CompletableFuture.completedFuture(DUNNO);
        }
        Mail mail = request.mail();
        return answers.opinion(mail, last.of(mail)).thenApply(opinion -> {
            last.keep(mail, opinion.checked());
            return reply(request, opinion);
        });
    }

    private byte[] reply(PolicyRequest request, Opinion opinion) {
        statistics.opinion(opinion);
        Answer answer = mode.applied(opinion.answer());
        if (PolicyAction.of(answer) == PolicyAction.PREPEND && !canMark(request)) {
            answer = new Answer.NoOpinion();
        }
        statistics.answer(PolicyAction.of(answer));
        return answer instanceof Answer.NoOpinion ? DUNNO : PolicyAction.reply(answer);
    }

    private boolean canMark(PolicyRequest request) {
        return request.isAtRecipient() && marked.isNew(request.instance());
    }
}
