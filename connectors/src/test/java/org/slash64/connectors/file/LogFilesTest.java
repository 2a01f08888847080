package org.slash64.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.slash64.connectors.file.Feeds.gzip;
import static org.slash64.connectors.file.Feeds.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    @TempDir
    Path dir;

    private Path file(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return write(file, text);
    }

    private LogFiles named(String... names) {
        return LogFiles.of(Arrays.stream(names).map(dir::resolve).toList());
    }

    private List<Path> sorted(LogFiles files) throws IOException {
        return Feeds.ORDER.sorted(files.require());
    }

    @Test
    void pattern_findsItsFilesAlone() throws IOException {
        Path log = file("mail.log", "");
        Path rotated = file("mail.log.1", "");
        file("mail.err", "");
        file(".mail.log.swp", "");
        Files.createDirectories(dir.resolve("mail.log.d"));
        assertThat(named("mail.log*").require()).containsExactlyInAnyOrder(log, rotated);
        assertThat(named("mail.log{,.1}").require()).containsExactlyInAnyOrder(log, rotated);
        assertThat(named("mail.log.[0-9]").require()).containsExactly(rotated);
        assertThat(named("mail.???").require()).hasSize(2).contains(log);
    }

    @Test
    void pattern_ofFolders_findsFilesInThem() throws IOException {
        Path one = file("mx1/mail.log", "");
        Path two = file("mx2/mail.log", "");
        file("mail.log", "");
        assertThat(named("mx*/mail.log").require()).containsExactlyInAnyOrder(one, two);
        assertThat(named("mx1/*").require()).containsExactly(one);
    }

    @Test
    void name_thatExists_isNoPattern() throws IOException {
        Path odd = file("mail[1].log", "");
        file("mail1.log", "");
        assertThat(named("mail[1].log").require()).containsExactly(odd);
    }

    @Test
    void file_namedTwice_isReadOnce() throws IOException {
        Path log = file("mail.log", "");
        Files.createSymbolicLink(dir.resolve("link.log"), log);
        assertThat(named("mail.log", "*.log").require()).containsExactly(log);
    }

    @Test
    void order_isThatOfTheFirstStamps_howeverTheFilesWereCopied() throws IOException {
        Path newest = file("mail.log", "Nov 18 06:25:01 mx1 postfix/smtpd[1]: connect\n");
        Path middle = file("mail.log.1", "garbage\nNov 17 06:25:01 mx1 postfix/smtpd[1]: connect\n");
        Path oldest = gzip(dir.resolve("mail.log.2.gz"), "Nov 16 06:25:01 mx1 postfix/smtpd[1]: connect\n");
        Files.setLastModifiedTime(oldest, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(sorted(named("mail.log*"))).containsExactly(oldest, middle, newest);
        assertThat(sorted(named("mail.log", "mail.log.1", "mail.log.2.gz"))).containsExactly(oldest, middle, newest);
    }

    @Test
    void order_withoutStamps_isThatOfModification_thenOfRotation() throws IOException {
        FileTime time = FileTime.from(Instant.parse("2026-11-16T00:00:00Z"));
        Path plain = file("x.log", "");
        Path second = file("x.log.2", "no stamp\n");
        Path tenth = file("x.log.10", "");
        for (Path file : List.of(plain, second, tenth)) {
            Files.setLastModifiedTime(file, time);
        }
        Path older = file("x.log.1", "");
        Files.setLastModifiedTime(older, FileTime.fromMillis(time.toMillis() - 1));
        assertThat(sorted(named("x.log*"))).containsExactly(older, tenth, second, plain);
    }

    @Test
    void missingFile_isNamed() {
        assertThatIOException()
                .isThrownBy(() -> named("missing.log").require())
                .withMessageContaining(dir.resolve("missing.log") + ": there is no such log file");
        assertThatIOException()
                .isThrownBy(() -> named("missing*").require())
                .withMessageContaining(dir.resolve("missing*") + ": no file matches this pattern");
        assertThatIOException()
                .isThrownBy(() -> named("missing/*").require())
                .withMessageContaining("no file matches this pattern");
    }

    @Test
    void folder_isRefusedByName() {
        assertThatIOException()
                .isThrownBy(() -> LogFiles.of(List.of(dir)).require())
                .withMessageContaining("cannot read the log file " + dir);
    }

    @Test
    void plainFileNamedGz_isRefused() throws IOException {
        file("mail.log.gz", "plain\n");
        assertThatIOException()
                .isThrownBy(() -> named("mail.log.gz").require())
                .withMessageContaining("is no gzip file although its name says so");
    }

    @Test
    void standardInput_isNoFile() throws IOException {
        LogFiles files = LogFiles.of(List.of(LogFiles.STANDARD_INPUT));
        assertThat(files.standardInput()).isTrue();
        assertThat(files.require()).isEmpty();
        assertThat(named("mail.log").standardInput()).isFalse();
    }
}
