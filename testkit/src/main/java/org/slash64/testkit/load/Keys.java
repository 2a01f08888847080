package org.slash64.testkit.load;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.slash64.schemas.DkimMaterial;
import org.slash64.schemas.DkimSignature;
import org.slash64.schemas.DkimSigned;

/** DKIM keys of a load and a stock of true signatures; making one for each message would take longer than the message. */
final class Keys {

    private static final int BITS = 2_048;
    private static final int SIGNATURES = 16;

    private final List<String> records = new ArrayList<>();
    private final List<List<DkimSigned>> signatures = new ArrayList<>();

    Keys(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG"); // the one that a seed makes repeatable
            random.setSeed(seed);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            for (int key = 0; key < Domains.KEYS; key++) {
                KeyPair pair = generator.generateKeyPair();
                records.add("v=DKIM1; k=rsa; p="
                        + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
                signatures.add(stock(pair, random));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA and SHA-256 are part of the JDK", e);
        }
    }

    private static List<DkimSigned> stock(KeyPair pair, SecureRandom random) throws GeneralSecurityException {
        List<DkimSigned> stock = new ArrayList<>();
        for (int i = 0; i < SIGNATURES; i++) {
            byte[] header = new byte[64];
            random.nextBytes(header);
            byte[] body = new byte[64];
            random.nextBytes(body);
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(pair.getPrivate());
            signer.update(header);
            ByteBuffer bodyHash = ByteBuffer.wrap(sha256(body));
            stock.add(new DkimSigned(
                    ByteBuffer.wrap(sha256(header)),
                    bodyHash,
                    bodyHash,
                    ByteBuffer.wrap(signer.sign()),
                    1_760_000_000L,
                    null,
                    0L));
        }
        return stock;
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    /** The record under a selector's name. */
    String record(int key) {
        return records.get(key);
    }

    /** What an event of a message has that the domain signed. */
    DkimMaterial signed(int domain, int number) {
        List<DkimSigned> stock = signatures.get(domain % Domains.KEYS);
        String name = Domains.name(domain);
        DkimSignature signature = new DkimSignature(
                name,
                Domains.selector(domain),
                "@" + name,
                "rsa-sha256",
                stock.get(Math.floorMod(number, stock.size())),
                false,
                null);
        return new DkimMaterial(List.of(signature), 0, 1);
    }

    /** What an event of a message without a signature has. */
    static DkimMaterial unsigned() {
        return new DkimMaterial(List.of(), 0, 1);
    }
}
