package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;
import org.slash64.enrichers.dkim.SignatureMaterial.Unusable;

class DkimCollectorTest {
    private static final String SIGNATURE = """
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=Example.COM; s=Sel;
            \th=from : subject;
             t=1700000000; x=1800000000; bh=AAAA; b=BBBB
             BBBB;
            """.replace("\n", "\r\n");

    private static Unusable unusable(String message) {
        return (Unusable) Mail.collect(message).signatures().get(0);
    }

    @Test
    void collect_unsigned_hasNoSignature() {
        assertThat(Mail.collect(Mail.HEADER + "\r\n" + Mail.BODY).signatures()).isEmpty();
        assertThat(Mail.collect("")).isEqualTo(Mail.collect("\r\nbody"));
    }

    @Test
    void collect_piecesOfAnySize_giveTheSame() {
        byte[] message = Keys.latin1(SIGNATURE + Mail.HEADER + "\r\n" + Mail.BODY + "\r\n\r\n");
        DkimMaterial whole = Mail.collect(SIGNATURE + Mail.HEADER + "\r\n" + Mail.BODY);
        for (int piece = 1; piece <= message.length; piece++) {
            DkimCollector collector = new DkimCollector(LineEnds.CRLF);
            for (int start = 0; start < message.length; start += piece) {
                collector.accept(message, start, Math.min(piece, message.length - start));
            }
            assertThat(collector.finish()).isEqualTo(whole);
        }
    }

    @Test
    void collect_tags_areRead() {
        Complete complete = (Complete)
                Mail.collect(SIGNATURE + Mail.HEADER + "\r\nx").signatures().get(0);
        assertThat(complete.signer()).isEqualTo(new Signer("example.com", "sel", "@example.com", "rsa-sha256"));
        assertThat(complete.signedAt().orElseThrow().getEpochSecond()).isEqualTo(1_700_000_000L);
        assertThat(complete.expiresAt().orElseThrow().getEpochSecond()).isEqualTo(1_800_000_000L);
        assertThat(complete.signature().toArray()).hasSize(6);
        assertThat(complete.bodyHash().toArray()).isEqualTo(Mail.hash("SHA-256", "x\r\n"));
        assertThat(complete.unsignedBytes()).isZero();
    }

    @Test
    void collect_headerHash_takesFieldsFromTheBottom() {
        String twice = "Subject: first\r\nSUBJECT:  second \r\n";
        String tags = SIGNATURE.replace("from : subject", "subject:from:subject:subject:none");
        String canonical = "subject:second\r\nfrom:joe@example.com\r\nsubject:first\r\n"
                + "dkim-signature:v=1; a=rsa-sha256; c=relaxed/simple; d=Example.COM; s=Sel;"
                + " h=subject:from:subject:subject:none; t=1700000000; x=1800000000; bh=AAAA; b=;";
        Complete complete = (Complete)
                Mail.collect(tags + Mail.FROM + twice + "\r\n").signatures().get(0);
        assertThat(complete.headerHash().toArray()).isEqualTo(Mail.hash("SHA-256", canonical));
    }

    @Test
    void collect_ownFieldInH_isPassedOver() {
        String other = "dkim-signature:v=1; old\r\n";
        String tags = SIGNATURE.replace("from : subject", "from:dkim-signature:dkim-signature");
        String canonical = Mail.FROM + other
                + "dkim-signature:v=1; a=rsa-sha256; c=relaxed/simple; d=Example.COM; s=Sel;"
                + " h=from:dkim-signature:dkim-signature; t=1700000000; x=1800000000; bh=AAAA; b=;";
        Complete complete = (Complete)
                Mail.collect(tags + Mail.FROM + other + "\r\n").signatures().get(0);
        assertThat(complete.headerHash().toArray()).isEqualTo(Mail.hash("SHA-256", canonical));
    }

    @Test
    void collect_simple_leavesFieldsAndEmptiesB() {
        String tags = SIGNATURE.replace("relaxed/simple", "simple");
        String canonical = Mail.FROM + Mail.SUBJECT + tags.substring(0, tags.indexOf(" b=") + 3) + ";";
        Complete complete = (Complete)
                Mail.collect(tags + Mail.HEADER + "\r\n").signatures().get(0);
        assertThat(complete.headerHash().toArray()).isEqualTo(Mail.hash("SHA-256", canonical));
    }

    @Test
    void collect_lineFeeds_becomeCrlf() {
        String message = SIGNATURE + Mail.HEADER + "\r\n" + Mail.BODY;
        byte[] bare = Keys.latin1(message.replace("\r\n", "\n"));
        DkimMaterial wanted = Mail.collect(message);
        for (LineEnds lineEnds : new LineEnds[] {LineEnds.LF, LineEnds.OF_FIRST_LINE}) {
            DkimCollector collector = new DkimCollector(lineEnds);
            collector.accept(bare, 0, bare.length);
            assertThat(collector.finish()).isEqualTo(wanted);
        }
    }

    @Test
    void collect_lineFeedsInsideCrlfLines_stay() {
        byte[] message = Keys.latin1(SIGNATURE + Mail.HEADER + "\r\na\nb\r\n");
        DkimCollector collector = new DkimCollector(LineEnds.OF_FIRST_LINE);
        collector.accept(message, 0, message.length);
        Complete complete = (Complete) collector.finish().signatures().get(0);
        assertThat(complete.bodyHash().toArray()).isEqualTo(Mail.hash("SHA-256", "a\nb\r\n"));
    }

    @Test
    void collect_bodyLength_hashesThatMuchAndCountsTheRest() {
        String tags = SIGNATURE.replace("bh=", "l=5; bh=");
        Complete complete = (Complete) Mail.collect(tags + Mail.HEADER + "\r\n" + Mail.BODY)
                .signatures()
                .get(0);
        assertThat(complete.bodyHash().toArray()).isEqualTo(Mail.hash("SHA-256", "Hi.\r\n"));
        assertThat(complete.unsignedBytes()).isEqualTo(Mail.BODY.length() - 5);
    }

    @Test
    void collect_bodyLengthBeyondTheBody_isPermerror() {
        for (String length : new String[] {"27", "9".repeat(18), "9".repeat(76)}) {
            Unusable unusable =
                    unusable(SIGNATURE.replace("bh=", "l=" + length + "; bh=") + Mail.HEADER + "\r\n" + Mail.BODY);
            assertThat(unusable.status()).isEqualTo(DkimStatus.PERMERROR);
            assertThat(unusable.reason()).contains("l=");
        }
    }

    @Test
    void collect_twoFromFields_areCounted() {
        assertThat(Mail.collect("From: a@b\r\nX: y\r\nfrom : c@d\r\n\r\n").fromFields())
                .isEqualTo(2);
    }

    @Test
    void collect_linesThatAreNoFields_arePassedOver() {
        String junk = " folded: nothing\r\nno colon\r\n folded\r\n:empty name\r\n";
        DkimMaterial material = Mail.collect(junk + SIGNATURE + "garbage\r\n" + Mail.HEADER + "\r\nx");
        assertThat(material.signatures()).hasOnlyElementsOfType(Complete.class);
        assertThat(material.fromFields()).isEqualTo(1);
    }

    @Test
    void collect_messageThatStopsInItsHeader_isTakenAsItIs() {
        String message = SIGNATURE + Mail.HEADER;
        for (int end = 0; end < message.length(); end++) {
            assertThat(Mail.collect(message.substring(0, end)).passedOver()).isZero();
        }
        assertThat(Mail.collect(message.substring(0, message.length() - 2))).isEqualTo(Mail.collect(message));
    }

    @Test
    void collect_200Signatures_evaluatesFive() {
        DkimMaterial material = Mail.collect(SIGNATURE.repeat(200) + Mail.HEADER + "\r\nx");
        assertThat(material.signatures()).hasSize(5).hasOnlyElementsOfType(Complete.class);
        assertThat(material.passedOver()).isEqualTo(195);
    }

    @Test
    void collect_10000Names_isEvaluated() {
        String names = "from" + ":subject".repeat(5_000) + ":none".repeat(5_000);
        String field = SIGNATURE.replace("from : subject", names);
        assertThat(Mail.collect(field + Mail.FROM + "subject: s\r\n".repeat(5_000) + "\r\n")
                        .signatures())
                .hasOnlyElementsOfType(Complete.class);
    }

    @Test
    void collect_headerOverTheLimit_isPolicy() {
        Unusable tooLong = unusable(SIGNATURE + Mail.HEADER + "x: " + "y".repeat(2 << 20) + "\r\n\r\nbody");
        assertThat(tooLong.status()).isEqualTo(DkimStatus.POLICY);
        assertThat(tooLong.signer().domain()).isEqualTo("example.com");
        Unusable tooMany = unusable(SIGNATURE + Mail.HEADER + "x:\r\n".repeat(10_001) + "\r\nbody");
        assertThat(tooMany.status()).isEqualTo(DkimStatus.POLICY);
    }

    @Test
    void collect_64MegabytesOfBody_allocateNothing() {
        byte[] lines = Keys.latin1("a line of  text \r\n\r\n".repeat(3_000));
        DkimCollector collector = new DkimCollector(LineEnds.CRLF);
        byte[] header =
                Keys.latin1(SIGNATURE + SIGNATURE.replace("relaxed/simple", "simple/relaxed") + Mail.HEADER + "\r\n");
        collector.accept(header, 0, header.length);
        collector.accept(lines, 0, lines.length);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (long fed = 0; fed < 64 << 20; fed += lines.length) {
            collector.accept(lines, 0, lines.length);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        assertThat(collector.finish().signatures()).hasOnlyElementsOfType(Complete.class);
    }

    @Test
    void collect_allBytes_breakNothing() {
        byte[] all = new byte[70_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31 + i / 256);
        }
        for (int shift = 0; shift < 256; shift++) {
            DkimCollector collector = new DkimCollector(LineEnds.OF_FIRST_LINE);
            byte[] signature = Keys.latin1(SIGNATURE);
            collector.accept(signature, 0, signature.length / (1 + shift % 7));
            collector.accept(Arrays.copyOfRange(all, shift, 2_000), 0, 2_000 - shift);
            assertThat(collector.finish()).isNotNull();
        }
    }

    @Test
    void accept_rangeOutsideThePiece_isRefused() {
        DkimCollector collector = new DkimCollector(LineEnds.CRLF);
        assertThatThrownBy(() -> collector.accept(new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
