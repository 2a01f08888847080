package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.Slash64;
import picocli.CommandLine;

/** The command on a message signed here and a zone file with its key. */
class DkimCommandIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path zone;
    private Path message;

    @BeforeEach
    void sign() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1_024);
        KeyPair pair = generator.generateKeyPair();
        zone = Files.writeString(
                folder.resolve("zone"),
                "sel._domainkey.example.com. 60 IN TXT \"p="
                        + base64(pair.getPublic().getEncoded()) + "\"\n");
        String header = "from:joe@example.com\r\n";
        byte[] bodyHash = MessageDigest.getInstance("SHA-256").digest(bytes("Hi.\r\n"));
        String field = "dkim-signature:v=1; a=rsa-sha256; c=relaxed; d=example.com; s=sel; h=from; bh="
                + base64(bodyHash) + "; b=";
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(bytes(header + field));
        String text = field + base64(signature.sign()) + "\r\n" + header + "\r\nHi.\r\n";
        message = Files.writeString(folder.resolve("message.eml"), text.replace("\r\n", "\n"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private int run(String... arguments) {
        CommandLine command =
                Slash64.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @Test
    void dkim_signedMessage_passes() {
        assertThat(run("dkim", message.toString(), "--zone", zone.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly("dkim=pass header.d=example.com header.s=sel header.i=@example.com"
                        + " header.a=rsa-sha256 (the signature fits, key of 1024 bits)");
    }

    @Test
    void dkim_json_hasTheVerdict() throws IOException {
        Files.writeString(message, Files.readString(message) + "more\n");
        assertThat(run("dkim", message.toString(), "--zone", zone.toString(), "--json"))
                .isZero();
        assertThat(out.toString())
                .hasLineCount(1)
                .contains("\"result\":\"fail\"", "\"domain\":\"example.com\"", "\"keyBits\":1024", "body");
    }

    @Test
    void dkim_unsignedMessage_isNone() throws IOException {
        Files.writeString(message, "Subject: x\n\n");
        assertThat(run("dkim", message.toString(), "--zone", zone.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly("dkim=none (no signature)", "  the header has 0 From fields, not one");
    }

    @Test
    void dkim_noFile_isFailure() {
        assertThat(run("dkim", folder.resolve("missing").toString(), "--zone", zone.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("missing").hasLineCount(1);
    }
}
