package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;

/** A real Postfix asks the program's policy server, over a Unix socket; then the program is killed in mid-load, and no
 * mail is lost. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class PostfixPolicyIT {

    private static final List<String> PROGRAMS = List.of("postfix", "swaks", "smtp-source");
    private static final List<String> SETUP = List.of("main.cf", "master.cf", "header_checks", "hosts");
    private static final Duration MAILS = Duration.ofSeconds(90);

    /** Those of the script that are to be accepted. */
    private static final int MESSAGES = 1_007;

    private static final String ACCEPTED = "<-  250 2.0.0 Ok: queued as";

    @TempDir
    Path dir;

    private NamespacedSite site;

    @BeforeEach
    void prepare() throws Exception {
        site = NamespacedSite.prepare(dir, "postfix-policy", "live.sh", SETUP, PROGRAMS);
    }

    private Path configuration() throws IOException {
        return Files.writeString(
                dir.resolve("slash64.yaml"), """
                link: https://example.net/why?s={subject}
                enrichment:
                  own-networks: ["2001:db8:c::/48"]
                policy:
                  listen: unix:%s
                  mode: enforce
                  deadline: 2s
                """.formatted(site.folder().resolve("policy")));
    }

    @Test
    void postfix_asksThePolicyServer_andDoesAsItSays() throws Exception {
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program = Slash64Process.start(
                        dns.run(dir.resolve("data"), "--config", configuration().toString()))) {
            Endpoints endpoints = program.awaitEndpoints();
            program.awaitLine(line -> line.startsWith("Policy server: "), Slash64Process.LONG);
            list(endpoints, "2001:db8:b:2::/64", "2001:db8:c::/48", "198.51.100.66/32");
            try (SystemProgram mails = site.start()) {
                await(site.folder().resolve("asked"), mails);
                program.kill();
                Files.createFile(site.folder().resolve("killed"));
                assertThat(mails.awaitExit(MAILS)).as(mails.output()).isZero();
            }
        }
        assertAnswers();
        assertKilled();
    }

    private static void list(Endpoints endpoints, String... subjects) throws Exception {
        Instant now = Instant.now();
        try (RegistryClient registry = endpoints.registry();
                KafkaProducer<String, Listing> producer = new KafkaProducer<>(
                        endpoints.admin(),
                        new StringSerializer(),
                        AvroSerde.forTopic(Topics.BLOCKLIST, registry).serializer())) {
            for (String subject : subjects) {
                Listing listing =
                        new Listing(subject, "41 rejections", null, null, 1, now, now.plus(Duration.ofHours(1)), false);
                producer.send(new ProducerRecord<>(Topics.BLOCKLIST.name(), subject, listing))
                        .get(Slash64Process.LONG.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void await(Path file, SystemProgram mails) throws Exception {
        long deadline = System.nanoTime() + MAILS.toNanos();
        while (Files.notExists(file)) {
            if (!mails.isAlive() || System.nanoTime() - deadline > 0) {
                throw new TimeoutException(file + " did not come; " + mails.output());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String said(String mail) throws IOException {
        return Files.readString(site.folder().resolve(mail + ".swaks"));
    }

    private void assertAnswers() throws IOException {
        assertThat(said("listed"))
                .contains("slash64: the client's prefix 2001:db8:b:2::/64 is listed: 41 rejections,"
                        + " see https://example.net/why?s=2001:db8:b:2::/64")
                .contains("554 5.7.1 ")
                .doesNotContain(ACCEPTED);
        assertThat(said("listed-ipv4")).contains("198.51.100.66/32 is listed").doesNotContain(ACCEPTED);
        assertThat(said("listed-by-xclient"))
                .contains("2001:db8:b:2::/64 is listed")
                .doesNotContain(ACCEPTED);
        for (String mail : List.of("good", "own", "submission", "login", "marked")) {
            assertThat(said(mail)).as(mail).contains(ACCEPTED);
        }
        assertThat(Files.readAllLines(site.folder().resolve("maillog")))
                .filteredOn(line -> line.contains("header X-slash64: no-ptr (the IPv6 client has no PTR record)"))
                .as("one field in a message for two recipients")
                .hasSize(1);
    }

    /** With default_action=DUNNO Postfix goes on without the policy server, and says so. */
    private void assertKilled() throws IOException {
        assertThat(said("after-kill")).contains(ACCEPTED);
        assertThat(said("listed-after-kill")).contains(ACCEPTED);
        List<String> log = Files.readAllLines(site.folder().resolve("maillog"));
        assertThat(log)
                .anyMatch(line -> line.contains("warning: ")
                        && line.contains(site.folder().resolve("policy") + ""));
        assertThat(log).filteredOn(line -> line.contains(": removed")).hasSize(MESSAGES);
    }
}
