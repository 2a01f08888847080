package org.slash64.enrichers.dkim;

import java.util.EnumSet;
import java.util.Set;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;

/** One signature against key records, RFC 6376 sections 6.1.2 and 6.1.3. */
final class SignatureJudge {
    /** RFC 8301 section 3.2. */
    private static final int MIN_ACCEPTED_RSA_BITS = 1_024;

    private final Complete signature;
    private final DkimSettings settings;

    SignatureJudge(Complete signature, DkimSettings settings) {
        this.signature = signature;
        this.settings = settings;
    }

    DkimResult judge(KeyRecord record) {
        if (record instanceof KeyRecord.Usable key) {
            return judge(key);
        }
        return DkimResult.without(DkimStatus.PERMERROR, signature.signer(), ((KeyRecord.Unusable) record).reason());
    }

    private DkimResult judge(KeyRecord.Usable key) {
        SigningAlgorithm algorithm = signature.algorithm();
        if (!key.type().equals(algorithm.keyType())) {
            return result(DkimStatus.PERMERROR, key, "key: k= is not that of the signature");
        }
        if (!key.hashes().isEmpty() && !key.hashes().contains(algorithm.hash())) {
            return result(DkimStatus.PERMERROR, key, "key: h= does not have " + algorithm.hash());
        }
        if (key.strict() && !identityIsDomain()) {
            return result(DkimStatus.PERMERROR, key, "key: t=s, and i= is below d=");
        }
        return judgeHashes(key);
    }

    private boolean identityIsDomain() {
        String identity = signature.signer().identity();
        return identity.substring(identity.lastIndexOf('@') + 1)
                .equals(signature.signer().domain());
    }

    private DkimResult judgeHashes(KeyRecord.Usable key) {
        if (!signature.bodyHash().equals(signature.signedBodyHash())) {
            return result(DkimStatus.FAIL, key, "the body does not fit its hash");
        }
        if (!SignatureCheck.fits(signature, key.key())) {
            return result(DkimStatus.FAIL, key, "the signature does not fit the header and the key");
        }
        if (isLegacy(key) && !settings.allowLegacy()) {
            return result(DkimStatus.PERMERROR, key, "the signature fits, but " + legacyReason(key));
        }
        return result(DkimStatus.PASS, key, "the signature fits");
    }

    private boolean isLegacy(KeyRecord.Usable key) {
        return signature.algorithm() == SigningAlgorithm.RSA_SHA1 || isShort(key);
    }

    private static boolean isShort(KeyRecord.Usable key) {
        return key.type().equals("rsa") && key.bits() < MIN_ACCEPTED_RSA_BITS;
    }

    private String legacyReason(KeyRecord.Usable key) {
        return isShort(key) ? "its RSA key has under 1024 bits (RFC 8301)" : "rsa-sha1 is not accepted (RFC 8301)";
    }

    private DkimResult result(DkimStatus status, KeyRecord.Usable key, String reason) {
        Set<DkimFlag> flags = EnumSet.noneOf(DkimFlag.class);
        if (key.testing()) {
            flags.add(DkimFlag.TESTING);
        }
        if (signature.unsignedBytes() > 0) {
            flags.add(DkimFlag.UNSIGNED_BODY);
        }
        if (isLegacy(key)) {
            flags.add(DkimFlag.LEGACY);
        }
        return new DkimResult(status, signature.signer(), key.bits(), flags, reason);
    }
}
