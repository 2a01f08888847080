package org.slash64.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackPortTest {
    @TempDir
    Path dir;

    @Test
    void choose_twice_isTheSamePort() throws Exception {
        Path file = dir.resolve("port");
        int first = LoopbackPort.choose(file, 0);
        assertThat(LoopbackPort.choose(file, 0)).isEqualTo(first);
    }

    @Test
    void choose_whereTheRememberedPortIsTaken_isAnother() throws Exception {
        Path file = dir.resolve("port");
        try (ServerSocket taken = socket()) {
            Files.writeString(file, taken.getLocalPort() + "\n");
            assertThat(LoopbackPort.choose(file, 0)).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void choose_aTakenPort_saysSo() throws Exception {
        try (ServerSocket taken = socket()) {
            assertThatThrownBy(() -> LoopbackPort.choose(dir.resolve("port"), taken.getLocalPort()))
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void choose_withAFileOfGarbage_isAFreePort() throws Exception {
        Path file = dir.resolve("port");
        Files.write(file, new byte[] {(byte) 0xff, 'x', 0});
        assertThat(LoopbackPort.choose(file, 0)).isPositive();
    }

    private static ServerSocket socket() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }
}
