package org.slash64.connectors.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slash64.connectors.publish.Program;
import org.slash64.schemas.Address;

/** The kernel's sets, loaded by nft in a network namespace that is gone when it ends. */
public final class Nftables {
    private final NftSetsTest.NftElements elements;

    private Nftables(NftSetsTest.NftElements elements) {
        this.elements = elements;
    }

    /** True where it is there, and namespaces and the kernel's part are permitted. */
    public static boolean isUsable() throws IOException, InterruptedException {
        return Program.find("nft").isPresent()
                && Program.find("unshare").isPresent()
                && inNamespace("nft add table inet try && nft list ruleset").code() == 0;
    }

    private static Program.Result inNamespace(String commands) throws IOException, InterruptedException {
        String path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin; ";
        return Program.run("", Program.find("unshare").orElseThrow().toString(), "-n", "sh", "-c", path + commands);
    }

    /** Checks the file, loads it twice, as at the first time and at a change, and takes what the kernel then has. */
    public static Nftables loadTwice(Path dir, Path file) throws IOException, InterruptedException {
        Path list = dir.resolve("nft.list");
        Program.Result result = inNamespace("set -e; nft -c -f " + file + "; nft -f " + file + "; nft -f " + file
                + "; nft list set inet slash64 blocked6 > " + list + "; nft list set inet slash64 blocked4 >> " + list);
        assertThat(result.output()).isEmpty();
        assertThat(result.code()).isZero();
        String listed = Files.readString(list);
        assertThat(listed).contains("timeout 37d11h59m59s expires 37d11h59m", "timeout 2h expires 1h59m");
        return new Nftables(NftSetsTest.NftElements.parse(listed));
    }

    /** True where the sets have the address. */
    public boolean lists(Address address) {
        return elements.lists(address);
    }
}
