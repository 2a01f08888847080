package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.deploy.Slash64;
import picocli.CommandLine;

/** The command on the demo's zone. */
class PtrCommandIT {

    private static final String ZONE =
            Path.of("src", "main", "resources", "demo", "demo.zone").toString();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command =
                Slash64.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:100:1::25, pass",
        "IPv6:2001:DB8:100:1::25, pass",
        "198.51.100.200, fail",
        "2001:db8:bad:1::1, permerror"
    })
    void ptr_clientOfTheDemo_hasItsResult(String address, String result) {
        assertThat(run("ptr", address, "--zone", ZONE, "--json")).isZero();
        assertThat(out.toString()).contains("\"result\":\"" + result + "\"");
    }

    @Test
    void ptr_genericName_isShownWithItsSigns(@TempDir Path folder) throws IOException {
        Path zone = Files.writeString(folder.resolve("generic.zone"), """
                $TTL 300
                dyn-192-0-2-1.isp.example. IN A 192.0.2.1
                1.2.0.192.in-addr.arpa. IN PTR dyn-192-0-2-1.isp.example.
                """);
        assertThat(run("ptr", "192.0.2.1", "--zone", zone.toString())).isZero();
        assertThat(out.toString())
                .contains("dyn-192-0-2-1.isp.example has the address; looks generic: the address, a word for dynamic"
                        + " addresses (dyn)");
        assertThat(run("ptr", "192.0.2.1", "--zone", zone.toString(), "--json")).isZero();
        assertThat(out.toString())
                .contains("\"result\":\"pass\"")
                .contains("\"generic\":true,\"generic_names\":[{\"name\":\"dyn-192-0-2-1.isp.example\",\"signs\":"
                        + "[\"address\",\"dynamic\"],");
    }

    @Test
    void ptr_noAddress_isBadUse() {
        assertThat(run("ptr", "mail.example.org", "--zone", ZONE)).isEqualTo(2);
        assertThat(err.toString()).contains("no address: mail.example.org").hasLineCount(1);
    }

    @Test
    void ptr_badServer_isBadUse() {
        assertThat(run("ptr", "::1", "--dns", "resolver.example:53")).isEqualTo(2);
        assertThat(err.toString()).contains("resolver.example:53").hasLineCount(1);
    }

    @Test
    void ptr_noZoneFile_isFailure() {
        assertThat(run("ptr", "::1", "--zone", "missing.zone")).isEqualTo(1);
        assertThat(err.toString()).contains("missing.zone").hasLineCount(1);
    }
}
