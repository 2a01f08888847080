package org.slash64.deploy.check;

import java.util.List;

/**
 * One check and how it ended. All text is safe to print.
 *
 * @param kind what was looked at
 * @param subject whose: a domain, a name or an address
 * @param grade how it ended
 * @param found what there is
 * @param advice what to change; empty for {@link Grade#PASS}
 * @param publish records to publish, as lines of a zone file (RFC 1035 section 5.1); empty where none would help
 */
public record Finding(CheckKind kind, String subject, Grade grade, String found, String advice, List<String> publish) {
    /** Makes the text safe and copies the list. */
    public Finding {
        subject = SafeText.of(subject);
        found = SafeText.of(found);
        advice = SafeText.of(advice);
        publish = List.copyOf(publish);
    }

    static Finding pass(CheckKind kind, Object subject, String found) {
        return new Finding(kind, subject.toString(), Grade.PASS, found, "", List.of());
    }

    static Finding warn(CheckKind kind, Object subject, String found, String advice, List<String> publish) {
        return new Finding(kind, subject.toString(), Grade.WARN, found, advice, publish);
    }

    static Finding warn(CheckKind kind, Object subject, String found, String advice) {
        return warn(kind, subject, found, advice, List.of());
    }

    static Finding fail(CheckKind kind, Object subject, String found, String advice, List<String> publish) {
        return new Finding(kind, subject.toString(), Grade.FAIL, found, advice, publish);
    }

    static Finding fail(CheckKind kind, Object subject, String found, String advice) {
        return fail(kind, subject, found, advice, List.of());
    }

    /** DNS gave no answer: others get none either, and put mail off. */
    static Finding unanswered(CheckKind kind, Object subject, String detail) {
        return fail(
                kind,
                subject,
                "DNS could not say: " + detail,
                "ask again; if it stays so, look at the zone's name servers");
    }
}
