package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key with a certificate for 127.0.0.1 that it signed itself, and a store of what is trusted, which is that certificate.
 *
 * @param keys key store (PKCS #12)
 * @param trusted trust store (PKCS #12)
 */
record TestKeys(Path keys, Path trusted) {

    static final String PASSWORD = "for-this-test";

    private static final long SECONDS = 60;

    /** Makes them in a folder, by the JDK's keytool. */
    static TestKeys make(Path dir) throws Exception {
        TestKeys made = new TestKeys(dir.resolve("keys.p12"), dir.resolve("trusted.p12"));
        Path certificate = dir.resolve("certificate.pem");
        keytool(
                dir,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                made.keys().toString());
        keytool(
                dir,
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-file",
                certificate.toString(),
                "-keystore",
                made.keys().toString());
        keytool(
                dir,
                "-importcert",
                "-noprompt",
                "-alias",
                "server",
                "-file",
                certificate.toString(),
                "-storetype",
                "PKCS12",
                "-keystore",
                made.trusted().toString());
        return made;
    }

    private static void keytool(Path dir, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Path output = dir.resolve("keytool.out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
