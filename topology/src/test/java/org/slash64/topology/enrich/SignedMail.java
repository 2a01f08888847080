package org.slash64.topology.enrich;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.slash64.enrichers.dkim.DkimCollector;
import org.slash64.enrichers.dkim.DkimLimits;
import org.slash64.enrichers.dkim.LineEnds;
import org.slash64.enrichers.dkim.Octets;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;
import org.slash64.schemas.DkimMaterial;
import org.slash64.schemas.DkimSignature;
import org.slash64.schemas.DkimSigned;

/** A message with one Ed25519 signature, as the material that an event carries. */
final class SignedMail {

    /** Length of an encoded Ed25519 public key in front of the key itself (RFC 8410 section 4). */
    private static final int KEY_PREFIX = 12;

    private static final String MESSAGE = """
            DKIM-Signature: v=1; a=ed25519-sha256; d=%s; s=%s; c=relaxed/relaxed; h=from; bh=%s; b=%s
            From: Ann <ann@example.org>

            Hello
            """;

    private final KeyPair keys;
    private final String domain;
    private final String selector;

    private SignedMail(KeyPair keys, String domain, String selector) {
        this.keys = keys;
        this.domain = domain;
        this.selector = selector;
    }

    static SignedMail by(String domain, String selector) throws GeneralSecurityException {
        return new SignedMail(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), domain, selector);
    }

    /** The key record. */
    String key() {
        byte[] encoded = keys.getPublic().getEncoded();
        byte[] key = Arrays.copyOfRange(encoded, KEY_PREFIX, encoded.length);
        return "v=DKIM1; k=ed25519; p=" + Base64.getEncoder().encodeToString(key);
    }

    /** The material of the message. */
    DkimMaterial material() throws GeneralSecurityException {
        Octets body = collect(Octets.of(new byte[32])).bodyHash();
        Complete unsigned = collect(body);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(unsigned.headerHash().toArray());
        DkimSigned signed = DkimSigned.newBuilder()
                .setHeaderHash(bytes(unsigned.headerHash()))
                .setBodyHash(bytes(unsigned.bodyHash()))
                .setSignedBodyHash(bytes(unsigned.signedBodyHash()))
                .setSignature(ByteBuffer.wrap(signer.sign()))
                .build();
        DkimSignature signature = DkimSignature.newBuilder()
                .setDomain(unsigned.signer().domain())
                .setSelector(unsigned.signer().selector())
                .setIdentity(unsigned.signer().identity())
                .setAlgorithm(unsigned.signer().algorithm())
                .setSigned(signed)
                .build();
        return new DkimMaterial(List.of(signature), 0, 1);
    }

    private Complete collect(Octets bodyHash) {
        Base64.Encoder base64 = Base64.getEncoder();
        String message = MESSAGE.formatted(
                domain, selector, base64.encodeToString(bodyHash.toArray()), base64.encodeToString(new byte[64]));
        DkimCollector collector = new DkimCollector(LineEnds.OF_FIRST_LINE, DkimLimits.DEFAULTS);
        byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
        collector.accept(bytes, 0, bytes.length);
        return (Complete) collector.finish().signatures().get(0);
    }

    private static ByteBuffer bytes(Octets octets) {
        return ByteBuffer.wrap(octets.toArray());
    }
}
