package org.slash64.deploy.bench.dkim;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import org.slash64.enrichers.dkim.DkimMaterial;

/** One signature for both sides. */
final class SignedMessage {

    private final DkimMaterial material;
    private final PublicKey key;
    private final byte[] input;
    private final byte[] signature;

    /**
     * Takes the arrays as they are.
     *
     * @param material as an event has it
     * @param input the bytes that the JDK verifies
     * @param signature of b=
     */
    SignedMessage(DkimMaterial material, PublicKey key, byte[] input, byte[] signature) {
        this.material = material;
        this.key = key;
        this.input = input;
        this.signature = signature;
    }

    DkimMaterial material() {
        return material;
    }

    /** What the JDK says. */
    boolean passes(Signature verifier) throws GeneralSecurityException {
        verifier.initVerify(key);
        verifier.update(input);
        return verifier.verify(signature);
    }
}
