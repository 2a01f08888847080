package org.slash64.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TerminalWriterTest {

    private final StringWriter terminal = new StringWriter();
    private final PrintWriter out = TerminalWriter.before(terminal);

    @Test
    void print_plainText_isLeftAsItIs() {
        out.print("Größe\t日本 \ud83d\udc1f\n");
        out.flush();
        assertThat(terminal).hasToString("Größe\t日本 \ud83d\udc1f\n");
    }

    @Test
    void print_whatSteersATerminal_isReplaced() {
        out.print("\u001b[2J\u0085\u009b\r\b\u202e\u2066\u200b\u2028\udb40\udc01\ud800.");
        out.print('\u0007');
        out.write("a\u0000b".toCharArray(), 1, 2);
        out.flush();
        assertThat(terminal).hasToString("?[2J" + "?".repeat(10) + ".??b");
    }
}
