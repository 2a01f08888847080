package org.slash64.connectors.policy;

import java.util.Optional;
import org.slash64.connectors.answer.Checked;
import org.slash64.connectors.answer.Mail;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;

/**
 * What DNS said of the mail that a connection asked about last. A process of smtpd serves one client at a time and asks
 * about each recipient of a message and again at its end; DNS is asked the first time only. One request at a time.
 */
final class LastChecked {

    private Mail mail;
    private Optional<Checked> checked = Optional.empty();

    /** What is known of the mail; empty where it is another. */
    Optional<Checked> of(Mail asked) {
        return asked.equals(mail) ? checked : Optional.empty();
    }

    /** Keeps what DNS said; what it did not say in time is to be asked again. */
    void keep(Mail asked, Optional<Checked> said) {
        mail = asked;
        checked = said.filter(LastChecked::isSettled);
    }

    private static boolean isSettled(Checked checked) {
        Findings findings = checked.findings();
        return checked.client().status() != FcrdnsStatus.TEMPERROR
                && isSettled(findings.mailFrom())
                && isSettled(findings.helo());
    }

    private static boolean isSettled(Optional<SpfResult> spf) {
        return spf.isEmpty() || spf.get().status() != SpfStatus.TEMPERROR;
    }
}
