package org.slash64.enrichers.domain;

import com.google.common.net.InternetDomainName;
import java.util.Optional;
import org.slash64.enrichers.domain.Registration.Section;

/** Organisational domains by the Public Suffix List that Guava brings; its update is an update of Guava. */
public final class PublicSuffixes {
    /** No rule has an underscore, and Guava takes no label that begins with one; wildcards match this as well. */
    private static final String LABEL_WITHOUT_RULE = "label-with-an-underscore";

    private PublicSuffixes() {}

    /**
     * Where a name was registered.
     *
     * @param name in lower case and A-labels without the dot at the end, as {@link DomainName#ascii()} has it; anything
     *     else was registered nowhere
     */
    public static Registration of(String name) {
        int tld = name.lastIndexOf('.') + 1;
        if (tld == name.length()) {
            return Registration.NONE;
        }
        return isDigit(name.charAt(tld)) ? unlisted(name) : look(name); // no suffix begins so, and Guava wants none
    }

    private static Registration look(String name) {
        InternetDomainName parsed;
        try {
            parsed = InternetDomainName.from(name.indexOf('_') < 0 ? name : withoutUnderscores(name));
        } catch (IllegalArgumentException e) {
            return Registration.NONE;
        }
        InternetDomainName suffix = parsed.publicSuffix();
        if (suffix == null) {
            return unlisted(name);
        }
        int labels = suffix.parts().size();
        int icannLabels = labels == 1 ? 1 : icannLabels(parsed);
        return new Registration(
                last(name, labels + 1),
                last(name, icannLabels + 1),
                labels == icannLabels ? Section.ICANN : Section.PRIVATE);
    }

    private static int icannLabels(InternetDomainName name) {
        InternetDomainName suffix = name.registrySuffix();
        return suffix == null ? 1 : suffix.parts().size();
    }

    private static Registration unlisted(String name) {
        Optional<String> organisational = last(name, 2);
        return new Registration(organisational, organisational, Section.UNLISTED);
    }

    private static String withoutUnderscores(String name) {
        String[] labels = name.split("\\.", -1);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i].indexOf('_') >= 0) {
                labels[i] = LABEL_WITHOUT_RULE;
            }
        }
        return String.join(".", labels);
    }

    /** So many labels from the end; empty where there are fewer. */
    private static Optional<String> last(String name, int labels) {
        int start = name.length() + 1;
        for (int i = 0; i < labels; i++) {
            if (start <= 0) {
                return Optional.empty();
            }
            start = name.lastIndexOf('.', start - 2) + 1;
        }
        return Optional.of(name.substring(start));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
