package org.slash64.connectors.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8891", "[::1]:0", "[2001:db8::1]:65535", "unix:/run/slash64/milter"})
    void parse_address_isWrittenTheSame(String text) {
        assertThat(ListenAddress.parse(text)).get().hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":25",
                "localhost:25",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "[127.0.0.1]:25",
                "::1:25",
                "unix:relative",
                "unix:"
            })
    void parse_anythingElse_isNone(String text) {
        assertThat(ListenAddress.parse(text)).isEmpty();
    }

    @Test
    void unixSocket_leftBehind_isReplaced() throws Exception {
        ListenAddress address = unix(dir.resolve("milter"));
        address.open(1).close(); // as after a kill, the path stays
        try (ServerSocketChannel channel = address.open(1)) {
            assertThat(channel.isOpen()).isTrue();
        }
        address.remove();
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void unixSocket_inUse_isKept() throws Exception {
        ListenAddress address = unix(dir.resolve("milter"));
        try (ServerSocketChannel channel = address.open(1)) {
            assertThatThrownBy(() -> address.open(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
            assertThat(channel.isOpen()).isTrue();
        }
    }

    @Test
    void unixSocket_whereAFileIs_isRefused() throws Exception {
        Path file = Files.writeString(dir.resolve("precious"), "data");
        assertThatThrownBy(() -> unix(file).open(1)).isInstanceOf(IOException.class);
        assertThat(file).hasContent("data");
    }

    private static ListenAddress unix(Path path) {
        return ListenAddress.parse(ListenAddress.UNIX + path).orElseThrow();
    }
}
