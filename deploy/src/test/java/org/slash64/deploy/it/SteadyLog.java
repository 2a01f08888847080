package org.slash64.deploy.it;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A made-up log of three busy hosts, the same for the same day: authenticated mail of the sample zone's senders, and
 * spammers that take turns, network after network, so that limits and listings come and go all the time. Every client is
 * seen at least once in {@link #ROUND}.
 */
final class SteadyLog {

    /** In this time every client is seen, so that all answers of DNS are cached. */
    static final Duration ROUND = Duration.ofSeconds(12);

    /** What addresses of {@link #unseenClients} start with. */
    static final String UNSEEN = "2001:db8:e";

    private static final Duration SESSION_EVERY = Duration.ofMillis(50);

    /** A spammer's turn. */
    private static final Duration TURN = Duration.ofSeconds(15);

    private static final int HOSTS = 3;

    /** Sessions of one process come after each other: their number is well beyond those open at one time. */
    private static final int PIDS = 40;

    /** From here on they are of sessions that are not of the growing log. */
    private static final int OTHER_PIDS = 5_000;

    private static final int BAD_NETWORKS = 16;
    private static final int ADDRESSES_EACH = 3;

    private record Client(String name, String address, String sender, boolean bad) {

        @Override
        public String toString() {
            return name + "[" + address + "]";
        }
    }

    private record Line(Instant time, String text) {}

    private final Instant start;
    private final List<Client> good = new ArrayList<>();
    private final List<Client> bad = new ArrayList<>();
    private final List<Client> all;
    private final List<Line> lines = new ArrayList<>();

    private SteadyLog(Instant start) {
        this.start = start;
        senders();
        spammers();
        this.all = Stream.concat(good.stream(), bad.stream()).toList();
    }

    /** Yesterday's log from ten o'clock on. */
    static MailLog of(Duration length) {
        SteadyLog log = new SteadyLog(yesterday());
        for (int number = 0; number < length.dividedBy(SESSION_EVERY); number++) {
            log.session(number);
        }
        return log.sorted();
    }

    /** Sessions without mail on all hosts, this long after the start: the clocks of the hosts stand there then. */
    static MailLog lateSessions(Duration after, int number) {
        SteadyLog log = new SteadyLog(yesterday().plus(after));
        for (int i = 0; i < number; i++) {
            log.probe(host(i), OTHER_PIDS + i, log.start.plus(SESSION_EVERY.multipliedBy(i)), "2001:db8:25::25");
        }
        return log.sorted();
    }

    /** Refusals of clients that no other log has, each of its own network and under its own name, on a fourth host. */
    static MailLog unseenClients(Duration after, int number) {
        SteadyLog log = new SteadyLog(yesterday().plus(after));
        for (int i = 0; i < number; i++) {
            String address = String.format(Locale.ROOT, "%s%03x:1::%x", UNSEEN, i, i + 1);
            Client client = new Client("unknown", address, "unseen-" + i + ".test", true);
            log.refusal("mx9", OTHER_PIDS + i, log.start.plusMillis(i), client, i);
        }
        return log.sorted();
    }

    private static Instant yesterday() {
        return LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC)
                .minusDays(1)
                .atTime(10, 0)
                .toInstant(ZoneOffset.UTC);
    }

    private void senders() {
        List.of("bakery.example 10", "school.example 11", "club.example 2a", "museum.example b0")
                .forEach(sender -> {
                    String[] parts = sender.split(" ", 2);
                    good.add(new Client("mail." + parts[0], "2001:db8:300:" + parts[1] + "::25", parts[0], false));
                });
        IntStream.rangeClosed(1, 12)
                .mapToObj(i -> new Client(
                        String.format(Locale.ROOT, "out-%02d.bigmail.example", i),
                        String.format(Locale.ROOT, "2001:db8:200:%x::1:25", i),
                        "bigmail.example",
                        false))
                .forEach(good::add);
        good.add(new Client("mail.example.org", "198.51.100.10", "example.org", false));
        good.add(new Client("mx.example.net", "198.51.100.25", "example.net", false));
        good.add(new Client("news.shop.example", "192.0.2.80", "shop.example", false));
    }

    private void spammers() {
        for (int network = 0; network < BAD_NETWORKS; network++) {
            for (int i = 1; i <= ADDRESSES_EACH; i++) {
                String address = String.format(Locale.ROOT, "2001:db8:bad0:1%02x::%x", network * 8, i);
                bad.add(new Client("unknown", address, "offers.test", true));
            }
        }
        for (int i = 1; i <= 24; i++) {
            String address = String.format(Locale.ROOT, "2001:db8:300:666::%x", i);
            bad.add(new Client("v" + i + ".hoster.test", address, "hoster.test", true));
        }
        for (int i = 1; i <= 9; i++) {
            bad.add(new Client("unknown", "203.0.113." + i, "deals.test", true));
        }
    }

    /** Half of the sessions are of the spammer whose turn it is, the others go round. */
    private void session(int number) {
        Instant at = start.plus(SESSION_EVERY.multipliedBy(number));
        int turn = (int) (SESSION_EVERY.multipliedBy(number).dividedBy(TURN) * ADDRESSES_EACH);
        Client client = number % 2 == 0
                ? bad.get((turn + number / 2 % ADDRESSES_EACH) % bad.size())
                : all.get(number / 2 % all.size());
        if (client.bad()) {
            refusal(host(number), pid(number), at, client, number);
        } else {
            message(host(number), pid(number), at, client, number);
        }
    }

    private static String host(int number) {
        return "mx" + (1 + number % HOSTS);
    }

    private static int pid(int number) {
        return 1_000 + number / HOSTS % PIDS;
    }

    private void refusal(String host, int pid, Instant at, Client client, int number) {
        String smtpd = host + " postfix/smtpd[" + pid + "]: ";
        add(at, smtpd + "connect from " + client);
        add(
                at.plusMillis(210),
                smtpd + "NOQUEUE: reject: RCPT from " + client + ": 550 5.1.1 <user" + number
                        + "@example.com>: Recipient"
                        + " address rejected: User unknown in local recipient table; from=<info@" + client.sender()
                        + "> to=<user" + number + "@example.com> proto=ESMTP helo=<mx." + client.sender() + ">");
        add(at.plusMillis(470), smtpd + "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4");
    }

    private void message(String host, int pid, Instant at, Client client, int number) {
        String smtpd = host + " postfix/smtpd[" + pid + "]: ";
        String id = String.format(Locale.ROOT, "%05X20E484", number);
        add(at, smtpd + "connect from " + client);
        add(at.plusMillis(130), smtpd + id + ": client=" + client);
        add(
                at.plusMillis(280),
                host + " postfix/cleanup[900]: " + id + ": message-id=<" + number + "@" + client.sender() + ">");
        add(
                at.plusMillis(330),
                host + " postfix/qmgr[353]: " + id + ": from=<adam@" + client.sender() + ">, size="
                        + (500 + number % 900) + ", nrcpt=1 (queue active)");
        add(at.plusMillis(390), smtpd + "disconnect from " + client + " ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5");
    }

    private void probe(String host, int pid, Instant at, String address) {
        String smtpd = host + " postfix/smtpd[" + pid + "]: ";
        add(at, smtpd + "connect from unknown[" + address + "]");
        add(at.plusMillis(20), smtpd + "disconnect from unknown[" + address + "] quit=1 commands=1");
    }

    private void add(Instant time, String text) {
        String stamp = time.atOffset(ZoneOffset.UTC).format(MailLog.RFC5424);
        lines.add(new Line(time, stamp + " " + text));
    }

    private MailLog sorted() {
        return new MailLog(lines.stream()
                .sorted(Comparator.comparing(line -> line.time()))
                .map(line -> line.text())
                .toList());
    }
}
