package org.slash64.deploy.bench.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** What Postfix logs about one session after the other, and about the mail that comes of it. */
public final class SampleSessions {

    private static final int CLEANUP_PID = 1_811;
    private static final int QMGR_PID = 1_702;
    private static final int LMTP_PID = 1_833;
    private static final long FIRST_ID = 0x4A00000000L;

    private final SplittableRandom random;
    private final SampleClients clients;
    private long queued;
    private long messages;
    private long rejections;
    private long connections;

    /** @param random what all is drawn by; one thread */
    public SampleSessions(SplittableRandom random) {
        this.random = random;
        this.clients = new SampleClients(random);
    }

    long messages() {
        return messages;
    }

    long rejections() {
        return rejections;
    }

    long connections() {
        return connections;
    }

    /** The lines of a session, without stamp and host. */
    public List<String> next(int pid) {
        String smtpd = "postfix/smtpd[" + pid + "]: ";
        String client = clients.client();
        List<String> lines = new ArrayList<>();
        connections++;
        lines.add(smtpd + "connect from " + client);
        int what = random.nextInt(100);
        if (what < 45) {
            accepted(lines, smtpd, client);
        } else if (what < 90) {
            rejected(lines, smtpd, client);
        } else {
            lines.add(smtpd + "lost connection after EHLO from " + client);
            lines.add(smtpd + "disconnect from " + client + " ehlo=1 commands=1");
        }
        return lines;
    }

    private void accepted(List<String> lines, String smtpd, String client) {
        boolean tls = random.nextInt(100) < 60;
        if (tls) {
            lines.add(smtpd + "Anonymous TLS connection established from " + client
                    + ": TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature"
                    + " RSA-PSS (2048 bits) server-digest SHA256");
        }
        String id = String.format(Locale.ROOT, "%X", FIRST_ID + 0x3A7L * queued++);
        String sender = clients.sender();
        messages++;
        lines.add(smtpd + id + ": client=" + client);
        lines.add("postfix/cleanup[" + CLEANUP_PID + "]: " + id + ": message-id=<"
                + Long.toString(random.nextLong(), 36) + "." + random.nextInt(1 << 20) + "@" + clients.domain() + ">");
        lines.add("postfix/qmgr[" + QMGR_PID + "]: " + id + ": from=<" + sender + ">, size="
                + random.nextInt(900, 90_000) + ", nrcpt=1 (queue active)");
        lines.add(smtpd + "disconnect from " + client + (tls ? " ehlo=2 starttls=1" : " ehlo=1")
                + " mail=1 rcpt=1 data=1 quit=1 commands=" + (tls ? 7 : 5));
        String to = clients.recipient();
        lines.add("postfix/lmtp[" + LMTP_PID + "]: " + id + ": to=<" + to
                + ">, relay=mx1.example.org[private/dovecot-lmtp], delay=0.41, delays=0.31/0.01/0.04/0.05, dsn=2.0.0,"
                + " status=sent (250 2.0.0 <" + to + "> " + Long.toString(random.nextLong(), 36) + " Saved)");
        lines.add("postfix/qmgr[" + QMGR_PID + "]: " + id + ": removed");
    }

    private void rejected(List<String> lines, String smtpd, String client) {
        int refused = random.nextInt(1, 4);
        String from = clients.sender();
        String helo = clients.domain();
        for (int i = 0; i < refused; i++) {
            String to = clients.recipient();
            rejections++;
            lines.add(smtpd + "NOQUEUE: reject: RCPT from " + client + ": " + reply(client, to) + "; from=<" + from
                    + "> to=<" + to + "> proto=ESMTP helo=<" + helo + ">");
        }
        lines.add(smtpd + "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/" + refused + " quit=1 commands=3/"
                + (3 + refused));
    }

    private String reply(String client, String to) {
        return switch (random.nextInt(3)) {
            case 0 ->
                "554 5.7.1 Service unavailable; Client host " + client.substring(client.indexOf('['))
                        + " blocked using zen.dnsbl.example; https://check.dnsbl.example/query/ip";
            case 1 ->
                "450 4.7.25 Client host rejected: cannot find your hostname, " + client.substring(client.indexOf('['));
            default -> "550 5.1.1 <" + to + ">: Recipient address rejected: User unknown in virtual mailbox table";
        };
    }
}
