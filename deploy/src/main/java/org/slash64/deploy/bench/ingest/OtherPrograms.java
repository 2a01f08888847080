package org.slash64.deploy.bench.ingest;

import java.util.SplittableRandom;

/** What else is in the log of a mail server. */
public final class OtherPrograms {

    private final SplittableRandom random;

    /** @param random what all is drawn by; one thread */
    public OtherPrograms(SplittableRandom random) {
        this.random = random;
    }

    /** A line without stamp and host. */
    public String next() {
        int user = random.nextInt(2_000);
        int pid = random.nextInt(300, 30_000);
        return switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                "dovecot: imap-login: Login: user=<u" + user + "@example.org>, method=PLAIN, rip=198.18." + user % 256
                        + ".7, lip=192.0.2.1, mpid=" + pid + ", TLS, session=<" + session() + ">";
            case 3, 4 ->
                "dovecot: lmtp(u" + user + "@example.org)<" + pid + "><" + session() + ">: sieve: msgid=<"
                        + random.nextInt(1 << 30) + "@example.com>: stored mail into mailbox 'INBOX'";
            case 5, 6 ->
                "dovecot: imap(u" + user + "@example.org)<" + pid + "><" + session()
                        + ">: Disconnected: Logged out in=1" + user + " out=9" + pid
                        + " deleted=0 expunged=0 trashed=0 hdr_count=0 hdr_bytes=0 body_count=1 body_bytes=" + pid;
            case 7 -> "sshd[" + pid + "]: Connection closed by 198.19." + user % 256 + ".9 port " + pid + " [preauth]";
            case 8 ->
                "kernel: [" + pid + "." + user + "] [UFW BLOCK] IN=eth0 OUT= MAC=52:54:00:12:34:56 SRC=198.18."
                        + user % 256 + ".3 DST=192.0.2.1 LEN=40 TOS=0x00 PREC=0x00 TTL=243 ID=" + pid
                        + " PROTO=TCP SPT=" + pid + " DPT=23 WINDOW=1024 RES=0x00 SYN URGP=0";
            default -> "CRON[" + pid + "]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)";
        };
    }

    private String session() {
        return Long.toString(random.nextLong() >>> 1, 36);
    }
}
