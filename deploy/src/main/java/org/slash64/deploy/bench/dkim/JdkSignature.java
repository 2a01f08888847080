package org.slash64.deploy.bench.dkim;

import java.security.GeneralSecurityException;
import java.security.Signature;

/** The other side: one signature object that is used again and again, the JDK's fastest way. One thread. */
final class JdkSignature {

    private final Signature verifier;

    JdkSignature(KeyKind kind) {
        try {
            verifier = Signature.getInstance(kind.signature());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA and Ed25519 are part of the JDK", e);
        }
    }

    boolean passes(SignedMessage message) throws GeneralSecurityException {
        return message.passes(verifier);
    }
}
