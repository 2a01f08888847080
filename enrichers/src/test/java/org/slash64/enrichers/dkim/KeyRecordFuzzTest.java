package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.enrichers.fuzz.Printable.assertPrintable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.enrichers.fuzz.Seeds;
import org.xbill.DNS.Record;

/** Any TXT record is a key within the limits or none, and no key makes a verification break or run long. */
class KeyRecordFuzzTest {
    private static final int MAX_SHOWN = 320;
    private static final byte SEQUENCE = 0x30;

    /** Texts of records, and bare keys, which start like a SEQUENCE of DER. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        Seeds.of(
                                "v=DKIM1; k=rsa; h=sha1:sha256; s=email; t=y:s; n=a note; p="
                                        + Keys.data(Keys.SHORT_RSA),
                                "k=ed25519; p=" + Keys.rawData(Keys.ED25519),
                                "v=DKIM1; p=",
                                "v=DKIM1; s=*; g=x; p=MAA=",
                                "p=" + Keys.data(Keys.RSA)),
                        Stream.of(
                                Keys.SHORT_RSA.getPublic().getEncoded(),
                                bare(Keys.SHORT_RSA.getPublic().getEncoded()),
                                bare(Keys.RSA.getPublic().getEncoded()),
                                new byte[] {SEQUENCE, (byte) 0x84, 0x7f, 0x7f, 0x7f, 0x7f, 0x02}))
                .flatMap(seeds -> seeds);
    }

    /** The RSAPublicKey at the end of a SubjectPublicKeyInfo. */
    private static byte[] bare(byte[] info) {
        int start = 1;
        while (info[start] != SEQUENCE || info[start - 1] != 0) {
            start++;
        }
        return Arrays.copyOfRange(info, start, info.length);
    }

    @MethodSource("seeds")
    @FuzzTest
    void parse(byte[] bytes) {
        boolean der = bytes.length > 0 && bytes[0] == SEQUENCE;
        String text = der ? "p=" + Keys.base64(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
        assertRead(KeyRecordParser.parse(text));
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            DkimVerifier verifier = new DkimVerifier(dns(text), DkimSettings.DEFAULTS.withLegacy(true));
            DkimResult result =
                    verifier.verify(material(algorithm), Instant.EPOCH).join();
            assertThat(result.status()).isIn(DkimStatus.FAIL, DkimStatus.PERMERROR);
            assertPrintable(result.reason(), MAX_SHOWN);
        }
    }

    private static void assertRead(KeyRecord record) {
        if (record instanceof KeyRecord.Usable key) {
            assertThat(key.bits()).isBetween(256, PublicKeys.MAX_RSA_BITS);
        } else {
            assertPrintable(((KeyRecord.Unusable) record).reason(), MAX_SHOWN);
        }
    }

    private static Dns dns(String text) {
        List<Record> records = List.of(Keys.txt(text));
        return (name, type) ->
                CompletableFuture.completedFuture(new DnsAnswer(DnsOutcome.ANSWER, records, Duration.ZERO, ""));
    }

    private static SignatureMaterial material(SigningAlgorithm algorithm) {
        Octets hash = Octets.of(algorithm.digest().digest());
        return new Complete(
                new Signer("example.com", "sel", "@example.com", algorithm.text()),
                algorithm,
                hash,
                hash,
                hash,
                Octets.of(new byte[] {42}),
                Optional.empty(),
                Optional.empty(),
                0);
    }
}
