package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.it.TopicContents.number;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;

/**
 * A log that grows while it is read, and is rotated in both ways: every line is read once. Its stamps are those of RFC
 * 3164, which give the same ids as full ones.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class FollowIT {

    private static final int STEP = 300;

    @TempDir
    Path dir;

    private MailLog log;
    private Path file;
    private Endpoints endpoints;
    private int written;

    @Test
    void run_follow_readsEveryLineOnceThroughGrowthAndRotation() throws Exception {
        MailLog whole = MailLog.sample().part(0, 10 * STEP);
        log = whole.asRfc3164();
        file = Files.createFile(dir.resolve("mail.log"));
        Path data = dir.resolve("data");
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program = Slash64Process.start(dns.run(data, "--follow", "--log", file.toString()))) {
            endpoints = program.awaitEndpoints();
            append(STEP);
            append(STEP / 2);
            awaitRead();
            renameAndCreate();
            appendInHalfLines(STEP);
            awaitRead();
            truncate();
            append(STEP);
            awaitRead();
            truncate();
            append(2 * STEP); // longer than what was there before
            awaitRead();
            renameAndCreate();
            append(STEP);
            awaitRead();
            Map<String, SmtpEvent> expected = Parsed.events(log.part(0, written));
            Watch.awaitEvents(endpoints, expected.size());
            program.terminate();
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isIn(0, 143);
            TopicContents topics = TopicContents.ofStopped(data);
            assertThat(topics.eventsById().keySet()).isEqualTo(expected.keySet());
            assertThat(number(topics.events())).isEqualTo(expected.size());
            assertThat(topics.deadLetters()).isEmpty();
        }
        assertThat(Parsed.events(log).keySet()).isEqualTo(Parsed.events(whole).keySet());
    }

    private void append(int lines) throws Exception {
        append(log.part(written, written + lines).bytes());
        written += lines;
    }

    /** A line in two writes, the first of them without its end. */
    private void appendInHalfLines(int lines) throws Exception {
        byte[] bytes = log.part(written, written + lines).bytes();
        int middle = bytes.length / 2;
        append(Arrays.copyOfRange(bytes, 0, middle));
        append(Arrays.copyOfRange(bytes, middle, bytes.length));
        written += lines;
    }

    private void append(byte[] bytes) throws Exception {
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }

    /** As logrotate does by default: the writer is told after the new file was made, and uses the old one until then. */
    private void renameAndCreate() throws Exception {
        Path old = dir.resolve("mail.log." + written);
        Files.move(file, old);
        Files.createFile(file);
        append(1); // seen once the new file is
        awaitRead();
        Files.write(old, log.part(written, written + 10).bytes(), StandardOpenOption.APPEND);
        written += 10;
    }

    /** As logrotate does with copytruncate. */
    private void truncate() throws Exception {
        Files.copy(file, dir.resolve("mail.log." + written));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /** No line is on its way when the file is cut, which copytruncate cannot promise itself. */
    private void awaitRead() throws Exception {
        Watch.await(endpoints, Topics.SMTP_LOG, written);
    }
}
