package org.slash64.connectors.milter;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.SignatureMaterial;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.Address;

/** The value of an Authentication-Results field (RFC 8601): what was found out about a message, each method on a line. */
final class AuthenticationResults {

    private static final String FOLD = ";\n\t";

    /** Enough to tell signatures of one domain apart (RFC 6008 section 4). */
    private static final int MIN_SIGNATURE = 8;

    /** RFC 5322 section 2.1.1 has lines of 998 characters; names of 253 and selectors are beside it. */
    private static final int MAX_REASON = 120;

    /** RFC 2045 section 5.1; spaces and controls are none either. */
    private static final String NO_TOKEN = "()<>@,;:\\\"/[]?=";

    private final List<String> results = new ArrayList<>();

    private AuthenticationResults() {}

    /**
     * The value for one message.
     *
     * @param serverId who found it out, a token
     */
    static String value(String serverId, Findings findings, Message message) {
        AuthenticationResults field = new AuthenticationResults();
        findings.client()
                .ifPresent(
                        status -> field.iprev(status.text(), message.session().client()));
        boolean nullSender = message.mailFrom().isEmpty();
        findings.mailFrom().ifPresent(spf -> field.spf(spf, nullSender ? "helo" : "mailfrom"));
        findings.helo().ifPresent(spf -> field.spf(spf, "helo"));
        findings.dkim().ifPresent(dkim -> field.dkim(dkim, message.dkim()));
        return serverId + (field.results.isEmpty() ? "; none" : FOLD + String.join(FOLD, field.results));
    }

    private void iprev(String status, Optional<Address> client) {
        results.add("iprev=" + status
                + client.map(address -> " policy.iprev=" + word(address.toString()))
                        .orElse(""));
    }

    private void spf(SpfResult spf, String identity) {
        String domain = spf.domain().isEmpty() ? "" : " smtp." + identity + "=" + word(spf.domain());
        results.add("spf=" + spf.status().text() + domain);
    }

    private void dkim(List<DkimResult> verdicts, DkimMaterial material) {
        if (verdicts.isEmpty()) {
            results.add("dkim=" + DkimStatus.NONE.text());
        }
        for (int i = 0; i < verdicts.size(); i++) {
            results.add(dkim(verdicts.get(i), signature(material, i)));
        }
    }

    /** The beginning of b=, where there is one. */
    private static String signature(DkimMaterial material, int index) {
        if (material.signatures().get(index) instanceof SignatureMaterial.Complete complete) {
            String text =
                    Base64.getEncoder().encodeToString(complete.signature().toArray());
            return text.substring(0, Math.min(MIN_SIGNATURE, text.length()));
        }
        return "";
    }

    private static String dkim(DkimResult result, String signature) {
        String reason = result.status() == DkimStatus.PASS ? "" : " reason=" + quoted(cut(result.reason()));
        return "dkim=" + result.status().text() + reason
                + property("header.d", result.signer().domain())
                + property("header.s", result.signer().selector())
                + property("header.a", result.signer().algorithm())
                + property("header.b", signature);
    }

    private static String property(String name, String value) {
        return value.isEmpty() ? "" : " " + name + "=" + word(value);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(MAX_REASON, text.length()));
    }

    /** As it is where it is a token, else as a quoted string. */
    private static String word(String text) {
        boolean token = !text.isEmpty() && text.chars().allMatch(AuthenticationResults::isTokenCharacter);
        return token ? text : quoted(text);
    }

    private static boolean isTokenCharacter(int c) {
        return c > ' ' && c < 0x7f && NO_TOKEN.indexOf(c) < 0;
    }

    /** RFC 5322 section 3.2.4, in printable ASCII. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < ' ' || c > '~' ? '?' : c);
        }
        return quoted.append('"').toString();
    }
}
