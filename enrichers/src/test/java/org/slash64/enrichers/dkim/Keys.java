package org.slash64.enrichers.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Key pairs made here, their records and their signatures. */
final class Keys {
    static final KeyPair RSA = pair("RSA", 2_048);
    static final KeyPair SHORT_RSA = pair("RSA", 512);
    static final KeyPair ED25519 = pair("Ed25519", 255);

    private static final int MAX_STRING = 255;

    private Keys() {}

    private static KeyPair pair(String type, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** p= of RSA. */
    static String data(KeyPair pair) {
        return base64(pair.getPublic().getEncoded());
    }

    /** p= of Ed25519: the last 32 bytes of the SubjectPublicKeyInfo. */
    static String rawData(KeyPair pair) {
        byte[] info = pair.getPublic().getEncoded();
        return base64(Arrays.copyOfRange(info, info.length - 32, info.length));
    }

    static byte[] sign(String algorithm, KeyPair pair, byte[] data) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A record with the text in strings of 255 bytes. */
    static Record txt(String text) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] bytes = latin1(text);
        for (int start = 0; start == 0 || start < bytes.length; start += MAX_STRING) {
            byte[] part = Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + MAX_STRING));
            data.write(part.length);
            data.writeBytes(part);
        }
        Name name = Name.fromConstantString("sel._domainkey.example.com.");
        return Record.newRecord(name, Type.TXT, DClass.IN, 60, data.toByteArray());
    }
}
