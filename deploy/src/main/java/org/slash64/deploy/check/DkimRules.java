package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.List;
import org.slash64.enrichers.dkim.DkimKeyReport;
import org.slash64.enrichers.dkim.DkimKeyStatus;

/** Keys as published (RFC 6376 section 3.6.1, RFC 8301 section 3.2, RFC 8463). */
final class DkimRules {
    /** RFC 8301 section 3.2: verifiers must not take shorter ones. */
    private static final int MIN_RSA_BITS = 1_024;
    /** RFC 8301 section 3.2: signers should use this. */
    private static final int GOOD_RSA_BITS = 2_048;

    private static final String ED25519 = "ed25519";

    private DkimRules() {}

    static List<Finding> findings(String domain, List<DkimKeyReport> keys) {
        List<Finding> findings = new ArrayList<>();
        keys.forEach(key -> findings.add(finding(key)));
        if (hasOnlyEd25519(keys)) {
            findings.add(Finding.warn(
                    CheckKind.DKIM_ED25519,
                    domain,
                    "Ed25519 keys alone: many verifiers know RSA only",
                    "sign with an RSA key of 2048 bits too (RFC 8463 section 5)"));
        }
        return findings;
    }

    private static boolean hasOnlyEd25519(List<DkimKeyReport> keys) {
        List<DkimKeyReport> usable = keys.stream()
                .filter(key -> key.status() == DkimKeyStatus.USABLE)
                .toList();
        return !usable.isEmpty() && usable.stream().allMatch(key -> key.type().equals(ED25519));
    }

    private static Finding finding(DkimKeyReport key) {
        return switch (key.status()) {
            case USABLE -> usable(key);
            case REVOKED -> fail(key, "revoked: p= is empty", "sign with another selector, or publish the key again");
            case UNUSABLE -> fail(key, key.reason(), "publish the key's record as your signer's tool wrote it");
            case NONE ->
                Finding.fail(
                        CheckKind.DKIM_KEY,
                        key.name(),
                        "no key: " + key.reason(),
                        "publish the key; BASE64 is the public key in DER, as your signer's tool wrote it",
                        List.of(ZoneLine.txt(key.name(), "v=DKIM1; k=rsa; p=BASE64")));
            case TEMPERROR -> Finding.unanswered(CheckKind.DKIM_KEY, key.name(), key.reason());
            case INVALID -> fail(key, key.reason(), "check the selector's spelling");
        };
    }

    private static Finding fail(DkimKeyReport key, String found, String advice) {
        return Finding.fail(CheckKind.DKIM_KEY, key.name(), found, advice);
    }

    private static Finding warn(DkimKeyReport key, String found, String advice) {
        return Finding.warn(CheckKind.DKIM_KEY, key.name(), found, advice);
    }

    /** The first flaw that counts, the worst first. */
    private static Finding usable(DkimKeyReport key) {
        boolean rsa = !key.type().equals(ED25519);
        String what = rsa ? "RSA, " + key.bits() + " bits" : "Ed25519";
        if (rsa && key.bits() < MIN_RSA_BITS) {
            return fail(key, what + ": verifiers refuse it (RFC 8301)", "make a key of 2048 bits");
        }
        if (!key.hashes().isEmpty() && !key.hashes().contains("sha256")) {
            return fail(key, what + "; h= leaves out sha256 (RFC 8301)", "remove h= from the record");
        }
        if (key.records() > 1) {
            return warn(key, what + "; one of " + key.records() + " TXT records at the name", "leave one of them");
        }
        if (key.testing()) {
            return warn(key, what + "; t=y: only a test", "remove t=y from the record when signing works");
        }
        if (rsa && key.bits() < GOOD_RSA_BITS) {
            return warn(key, what + ", fewer than RFC 8301 asks for", "make a key of 2048 bits under a new selector");
        }
        return Finding.pass(CheckKind.DKIM_KEY, key.name(), what);
    }
}
