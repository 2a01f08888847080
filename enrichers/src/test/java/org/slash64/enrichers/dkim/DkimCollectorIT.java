package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;

/** A body larger than any heap should be asked to hold. */
class DkimCollectorIT {
    private static final long GIGABYTE = 1L << 30;
    private static final byte[] LINE = Keys.latin1("a line of a body, as  both algorithms leave it or not\t\r\n");
    private static final byte[] RELAXED = Keys.latin1("a line of a body, as both algorithms leave it or not\r\n");

    /** So many lines, and memory for a few of them. */
    private static final class Lines extends InputStream {
        private static final byte[] SOME = Keys.latin1(new String(LINE, StandardCharsets.ISO_8859_1).repeat(200));

        private long left;

        Lines(long lines) {
            this.left = lines * LINE.length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int from = (int) ((LINE.length - left % LINE.length) % LINE.length);
            int count = (int) Math.min(left, Math.min(SOME.length - from, length));
            System.arraycopy(SOME, from, bytes, offset, count);
            left -= count;
            return count;
        }
    }

    private static byte[] hash(byte[] line, long lines) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (long i = 0; i < lines; i++) {
            digest.update(line);
        }
        return digest.digest();
    }

    @Test
    void collect_gigabyteOfBody_takesConstantMemory() throws IOException, NoSuchAlgorithmException {
        String header = "DKIM-Signature: v=1; a=rsa-sha256; c=%s; d=example.com; s=sel; h=from; bh=AAAA; b=AAAA\r\n";
        byte[] start = Keys.latin1(
                header.formatted("simple/simple") + header.formatted("relaxed/relaxed") + Mail.HEADER + "\r\n");
        long lines = GIGABYTE / LINE.length + 1;
        InputStream message = new SequenceInputStream(new ByteArrayInputStream(start), new Lines(lines));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        DkimMaterial material = DkimCollector.collect(message, LineEnds.CRLF, DkimLimits.DEFAULTS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("far less than the body, so none of it is kept")
                .isLessThan(GIGABYTE / 32);
        assertThat(bodyHash(material, 0)).isEqualTo(hash(LINE, lines));
        assertThat(bodyHash(material, 1)).isEqualTo(hash(RELAXED, lines));
    }

    private static byte[] bodyHash(DkimMaterial material, int signature) {
        return ((Complete) material.signatures().get(signature)).bodyHash().toArray();
    }
}
