package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;

/** Any bytes are a message, and in pieces of any size the same one. */
class CollectorFuzzTest {
    private static final DkimLimits TIGHT = new DkimLimits(2, 600, 8);
    /** Longer messages teach a search nothing that shorter ones do not. */
    private static final int MAX_SEED = 3_000;

    static Stream<byte[]> seeds() {
        return Stream.concat(
                Seeds.mail("""
                        DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=example.com; s=sel;
                        \th=from : subject; l=3; t=1700000000; x=1800000000; bh=AAAA; b=BBBB
                         BBBB;
                        From: joe@example.com
                        Subject: dinner
                          is  ready\t

                        Hi. \t

                        There.
                        """, """
                        DKIM-Signature: v=1; a=ed25519-sha256; d=example.com; s=s; i=@x.example.com; h=from:from:to; bh=A; b=A
                        dkim-signature:v=1;a=rsa-sha1;c=simple/relaxed;d=example.com;s=s;h=from:dkim-signature;bh=AA==;b=AA==
                        DKIM-Signature: v=1; d=b\u00fccher.example; i=\u00fc@b\u00fccher.example; s=\u00fc
                        from:a
                        From : b
                        no field
                        :

                        \r\n \t\r x \n\r
                        """, "From: nobody\n\n"),
                Seeds.conformance("dkim", ".eml").filter(message -> message.length <= MAX_SEED));
    }

    @MethodSource("seeds")
    @FuzzTest
    void collect(byte[] message) {
        LineEnds lineEnds = List.of(LineEnds.values()).get(message.length % LineEnds.values().length);
        DkimLimits limits = message.length % 7 == 0 ? TIGHT : DkimLimits.DEFAULTS;
        DkimMaterial material = whole(message, lineEnds, limits);
        assertThat(inPieces(message, lineEnds, limits)).isEqualTo(material);
        assertThat(material.signatures()).hasSizeLessThanOrEqualTo(limits.maxSignatures());
    }

    private static DkimMaterial whole(byte[] message, LineEnds lineEnds, DkimLimits limits) {
        DkimCollector collector = new DkimCollector(lineEnds, limits);
        collector.accept(message, 0, message.length);
        return collector.finish();
    }

    /** Cut where the message's own bytes say, so that a finding is found again. */
    private static DkimMaterial inPieces(byte[] message, LineEnds lineEnds, DkimLimits limits) {
        Random cuts = new Random(message.length == 0 ? 0 : message[message.length - 1]);
        DkimCollector collector = new DkimCollector(lineEnds, limits);
        for (int start = 0; start < message.length; ) {
            int length = Math.min(message.length - start, cuts.nextInt(16));
            collector.accept(message, start, length);
            start += length;
        }
        return collector.finish();
    }
}
