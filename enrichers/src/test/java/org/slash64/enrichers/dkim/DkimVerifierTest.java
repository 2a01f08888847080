package org.slash64.enrichers.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

class DkimVerifierTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final String RSA_RECORD = "v=DKIM1; k=rsa; p=" + Keys.data(Keys.RSA);
    private static final String TAGS = Mail.tags(Mail.BODY);

    private Name asked = Name.root;

    private DkimResult verify(String signature, DkimSettings settings, String... records) {
        return verify(signature, Mail.BODY, settings, records);
    }

    private DkimResult verify(String signature, String body, DkimSettings settings, String... records) {
        List<Record> found = Stream.of(records).map(Keys::txt).toList();
        return verify(signature, body, settings, new DnsAnswer(DnsOutcome.ANSWER, found, Duration.ZERO, ""));
    }

    private DkimResult verify(String signature, String body, DkimSettings settings, DnsAnswer answer) {
        DkimMaterial material = Mail.collect(signature + Mail.HEADER + "\r\n" + body);
        DkimVerifier verifier = new DkimVerifier(
                (name, type) -> {
                    asked = name;
                    return CompletableFuture.completedFuture(answer);
                },
                settings);
        List<DkimResult> results = verifier.verify(material, NOW).join();
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private DkimResult verify(String signature, String... records) {
        return verify(signature, DkimSettings.DEFAULTS, records);
    }

    private static void assertStatus(DkimResult result, DkimStatus status, String reason) {
        assertThat(result.reason()).contains(reason);
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void verify_rsa_passes() {
        DkimResult result = verify(Mail.rsa(Keys.RSA, TAGS), RSA_RECORD);
        assertStatus(result, DkimStatus.PASS, "fits");
        assertThat(result.signer()).isEqualTo(new Signer("example.com", "sel", "@example.com", "rsa-sha256"));
        assertThat(result.keyBits()).isEqualTo(2_048);
        assertThat(result.flags()).isEmpty();
        assertThat(asked).hasToString("sel._domainkey.example.com.");
    }

    @Test
    void verify_ed25519_passes() {
        String record = "k=ed25519; p=" + Keys.rawData(Keys.ED25519);
        DkimResult result = verify(Mail.ed25519(Keys.ED25519, TAGS), record);
        assertStatus(result, DkimStatus.PASS, "fits");
        assertThat(result.keyBits()).isEqualTo(256);
    }

    @Test
    void verify_otherBodyHeaderOrKey_fails() {
        String signature = Mail.rsa(Keys.RSA, TAGS);
        assertStatus(verify(signature, "other", DkimSettings.DEFAULTS, RSA_RECORD), DkimStatus.FAIL, "body");
        assertStatus(verify(signature.replace("d=e", "i=@example.com; d=e"), RSA_RECORD), DkimStatus.FAIL, "header");
        assertStatus(
                verify(signature.replaceFirst("b=[^;]*\r\n", "b=AAAA\r\n"), RSA_RECORD), DkimStatus.FAIL, "header");
        String ed = Mail.ed25519(Keys.ED25519, TAGS).replaceFirst(" b=[^;]*\r\n", " b=AAAA\r\n");
        assertStatus(verify(ed, "k=ed25519; p=" + Keys.rawData(Keys.ED25519)), DkimStatus.FAIL, "header");
    }

    @Test
    void verify_otherFormsOfTheSameSignature_fail() {
        String signature = Mail.rsa(Keys.RSA, TAGS);
        String data = signature.substring(signature.lastIndexOf("b=") + 2).strip();
        BigInteger value = new BigInteger(1, Base64.getDecoder().decode(data));
        BigInteger modulus = ((RSAPublicKey) Keys.RSA.getPublic()).getModulus();
        List<byte[]> others = List.of(
                concat(new byte[1], Base64.getDecoder().decode(data)),
                value.add(modulus).toByteArray(),
                modulus.subtract(value).toByteArray(),
                modulus.toByteArray(),
                new byte[256]);
        for (byte[] other : others) {
            assertStatus(verify(signature.replace(data, Keys.base64(other)), RSA_RECORD), DkimStatus.FAIL, "header");
        }
    }

    @Test
    void verify_sha1_passesWithLegacyOnly() {
        String tags = "c=simple; d=example.com; s=sel; bh=" + Keys.base64(Mail.hash("SHA-1", Mail.BODY));
        String signature = Mail.rsaSha1(Keys.RSA, tags);
        assertStatus(verify(signature, RSA_RECORD), DkimStatus.PERMERROR, "RFC 8301");
        DkimResult legacy = verify(signature, DkimSettings.DEFAULTS.withLegacy(true), RSA_RECORD);
        assertStatus(legacy, DkimStatus.PASS, "fits");
        assertThat(legacy.flags()).containsExactly(DkimFlag.LEGACY);
        assertStatus(verify(signature, "x", DkimSettings.DEFAULTS, RSA_RECORD), DkimStatus.FAIL, "body");
    }

    @Test
    void verify_512Bits_passWithLegacyOnly() {
        String record = "p=" + Keys.data(Keys.SHORT_RSA);
        String signature = Mail.rsa(Keys.SHORT_RSA, TAGS);
        assertStatus(verify(signature, record), DkimStatus.PERMERROR, "1024 bits");
        assertStatus(verify(signature, DkimSettings.DEFAULTS.withLegacy(true), record), DkimStatus.PASS, "fits");
    }

    /** A bare RSAPublicKey, RFC 8017 appendix A.1.1. */
    private static String bareKey(BigInteger modulus, BigInteger exponent) {
        byte[] integers = concat(der(2, modulus.toByteArray()), der(2, exponent.toByteArray()));
        return "p=" + Keys.base64(der(0x30, integers));
    }

    private static byte[] der(int tag, byte[] content) {
        String length = content.length < 128
                ? "%02x".formatted(content.length)
                : content.length < 256 ? "81%02x".formatted(content.length) : "82%04x".formatted(content.length);
        return concat(HexFormat.of().parseHex("%02x%s".formatted(tag, length)), content);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void verify_bareKeys_pass() {
        for (KeyPair pair : List.of(Keys.RSA, Keys.SHORT_RSA)) {
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            String record = bareKey(key.getModulus(), key.getPublicExponent());
            DkimResult result = verify(Mail.rsa(pair, TAGS), DkimSettings.DEFAULTS.withLegacy(true), record);
            assertStatus(result, DkimStatus.PASS, "fits");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {384, 16_392, 40_000})
    void verify_keyBeyondTheLimits_isPermerror(int bits) {
        String record = bareKey(BigInteger.ONE.shiftLeft(bits - 1).setBit(0), BigInteger.valueOf(65_537));
        DkimSettings legacy = DkimSettings.DEFAULTS.withLegacy(true);
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS), legacy, record), DkimStatus.PERMERROR, "key");
    }

    @Test
    void verify_16384Bits_isTried() {
        String record = bareKey(BigInteger.ONE.shiftLeft(16_383).setBit(0), BigInteger.valueOf(65_537));
        DkimResult result = verify(Mail.rsa(Keys.RSA, TAGS), record);
        assertStatus(result, DkimStatus.FAIL, "header");
        assertThat(result.keyBits()).isEqualTo(16_384);
    }

    @Test
    void verify_hugeExponent_isPermerror() {
        BigInteger modulus = ((RSAPublicKey) Keys.RSA.getPublic()).getModulus();
        String record = bareKey(modulus, modulus.shiftRight(1).setBit(0));
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS), record), DkimStatus.PERMERROR, "exponent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=spf1 -all",
                "v=DKIM0; p=KEY",
                "v=DKIM1: p=KEY",
                "p=KEY; k=xxx",
                "k=ed25519; p=KEY",
                "k=rsa",
                "p=",
                "p=AAAA",
                "p=!",
                "h=sha0; p=KEY",
                "h=sha1; p=KEY",
                "s=tlsrpt; p=KEY",
                "s=; p=KEY",
                "p=KEY; p=KEY",
                "k=; p=KEY",
                "k=ed25519; p=AAAA",
                "p=MAA=",
                "p=MA==",
                "p=MP8="
            })
    void verify_unusableKey_isPermerror(String record) {
        String text = record.replace("KEY", Keys.data(Keys.RSA));
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS), text), DkimStatus.PERMERROR, "key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p=KEY",
                "v=DKIM1; p=KEY;",
                " v = DKIM1 ; n=a note ; p = KEY ; ",
                "h=sha1 : sha256; p=KEY",
                "s=*; p=KEY",
                "s=other:email; p=KEY",
                "t=s; p=KEY",
                "t=unknown; g=nobody; x=1; p=KEY"
            })
    void verify_usableKey_passes(String record) {
        String text = record.replace("KEY", Keys.data(Keys.RSA));
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS), text), DkimStatus.PASS, "fits");
    }

    @Test
    void verify_hugeRecord_isPermerror() {
        String record = RSA_RECORD + "; n=" + "x".repeat(60_000);
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS), record), DkimStatus.PERMERROR, "8192");
    }

    @Test
    void verify_subdomainIdentity_passesUnlessKeyIsStrict() {
        String signature = Mail.rsa(Keys.RSA, TAGS + "; i=joe@sub.example.com");
        DkimResult result = verify(signature, RSA_RECORD);
        assertStatus(result, DkimStatus.PASS, "fits");
        assertThat(result.signer().identity()).isEqualTo("joe@sub.example.com");
        assertStatus(verify(signature, RSA_RECORD + "; t=y:s"), DkimStatus.PERMERROR, "t=s");
    }

    @Test
    void verify_testingKey_isFlaggedAndStaysAsItIs() {
        DkimResult result = verify(Mail.rsa(Keys.RSA, TAGS), "x", DkimSettings.DEFAULTS, RSA_RECORD + "; t=y");
        assertStatus(result, DkimStatus.FAIL, "body");
        assertThat(result.flags()).containsExactly(DkimFlag.TESTING);
    }

    @Test
    void verify_bodyBeyondLength_passesWithFlag() {
        String signature = Mail.rsa(Keys.RSA, TAGS + "; l=" + Mail.BODY.length());
        assertThat(verify(signature, RSA_RECORD).flags()).isEmpty();
        DkimResult longer = verify(signature, Mail.BODY + "more", DkimSettings.DEFAULTS, RSA_RECORD);
        assertStatus(longer, DkimStatus.PASS, "fits");
        assertThat(longer.flags()).containsExactly(DkimFlag.UNSIGNED_BODY);
    }

    @Test
    void verify_severalKeys_anyMayPass() {
        String other = "k=ed25519; p=" + Keys.rawData(Keys.ED25519);
        String signature = Mail.rsa(Keys.RSA, TAGS);
        assertStatus(verify(signature, "junk", other, RSA_RECORD), DkimStatus.PASS, "fits");
        assertStatus(verify(signature, "p=" + Keys.data(Keys.SHORT_RSA), "junk"), DkimStatus.FAIL, "header");
    }

    @Test
    void verify_manyKeys_areCapped() {
        String[] records = new String[1_000];
        for (int i = 0; i < records.length; i++) {
            records[i] = "a" + i + "=1; p=AAAA";
        }
        records[999] = "v=DKIM1; z=last; p=" + Keys.data(Keys.RSA);
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS), records), DkimStatus.PERMERROR, "key");
    }

    @ParameterizedTest
    @EnumSource(
            value = DnsOutcome.class,
            names = {"SERVFAIL", "REFUSED", "TIMEOUT", "ERROR"})
    void verify_keyLookupFails_isTemperror(DnsOutcome outcome) {
        DnsAnswer answer = new DnsAnswer(outcome, List.of(), Duration.ZERO, "why");
        assertStatus(
                verify(Mail.rsa(Keys.RSA, TAGS), Mail.BODY, DkimSettings.DEFAULTS, answer),
                DkimStatus.TEMPERROR,
                outcome + ", why");
    }

    @ParameterizedTest
    @EnumSource(
            value = DnsOutcome.class,
            names = {"NODATA", "NXDOMAIN", "ANSWER"})
    void verify_noKey_isPermerror(DnsOutcome outcome) {
        DnsAnswer answer = new DnsAnswer(outcome, List.of(), Duration.ZERO, "");
        assertStatus(
                verify(Mail.rsa(Keys.RSA, TAGS), Mail.BODY, DkimSettings.DEFAULTS, answer),
                DkimStatus.PERMERROR,
                "key");
    }

    @Test
    void verify_times_countAtTheTimeOfTheEvent() {
        long now = NOW.getEpochSecond();
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS + "; x=" + now), RSA_RECORD), DkimStatus.PASS, "fits");
        String expired = Mail.rsa(Keys.RSA, TAGS + "; x=" + (now - 1));
        assertStatus(verify(expired, RSA_RECORD), DkimStatus.PERMERROR, "expired");
        assertStatus(verify(Mail.rsa(Keys.RSA, TAGS + "; t=" + (now + 300)), RSA_RECORD), DkimStatus.PASS, "fits");
        String future = Mail.rsa(Keys.RSA, TAGS + "; t=" + (now + 301));
        assertStatus(verify(future, RSA_RECORD), DkimStatus.POLICY, "future");
        String farAway = Mail.rsa(Keys.RSA, TAGS + "; x=99999999999999");
        assertStatus(verify(farAway, RSA_RECORD), DkimStatus.PASS, "fits");
    }

    /** RFC 8616 section 5 and RFC 6532: what is hashed are the bytes as they are, what is asked for are A-labels. */
    @Test
    void verify_internationalMail_passes() {
        String header = utf8(
                "from:J\u00f6 \u4f8b <j\u00f6@b\u00fccher.example>\r\nsubject:\u3053\u3093\u306b\u3061\u306f \ud83d\ude00\r\n");
        for (String canonicalization : List.of("relaxed/relaxed", "simple/simple")) {
            String tags = utf8("c=" + canonicalization
                            + "; d=B\u00fccher.example; i=j\u00f6@x.b\u00fccher.example; s=s\u00e9l; bh=")
                    + Mail.bodyHash(Mail.BODY);
            DkimMaterial material = Mail.collect(Mail.rsa(Keys.RSA, header, tags) + header + "\r\n" + Mail.BODY);
            DkimResult result = verify(material, List.of(Keys.txt(RSA_RECORD)));
            assertStatus(result, DkimStatus.PASS, "fits");
            assertThat(result.signer().domain()).isEqualTo("xn--bcher-kva.example");
            assertThat(asked).hasToString("xn--sl-bja._domainkey.xn--bcher-kva.example.");
        }
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private DkimResult verify(DkimMaterial material, List<Record> records) {
        DnsAnswer answer = new DnsAnswer(DnsOutcome.ANSWER, records, Duration.ZERO, "");
        DkimVerifier verifier = new DkimVerifier((name, type) -> {
            asked = name;
            return CompletableFuture.completedFuture(answer);
        });
        return verifier.verify(material, NOW).join().get(0);
    }

    @Test
    void verify_internationalIdentity_isHeldAgainstAStrictKey() {
        String record = RSA_RECORD + "; t=s";
        String local = Mail.rsa(Keys.RSA, TAGS + utf8("; i=\u00fc@example.com"));
        assertStatus(verify(local, record), DkimStatus.PASS, "fits");
        String below = Mail.rsa(Keys.RSA, TAGS + utf8("; i=\u00fc@\u00fc.example.com"));
        assertStatus(verify(below, record), DkimStatus.PERMERROR, "t=s");
    }

    @Test
    void verify_longestNames_areAskedOrRefused() {
        String label = "a".repeat(63);
        String domain = label + "." + label + "." + label + "." + "a".repeat(61);
        String tags = "c=simple; d=" + domain + "; s=sel; bh=" + Mail.bodyHash(Mail.BODY);
        assertStatus(verify(Mail.rsa(Keys.RSA, tags), RSA_RECORD), DkimStatus.PERMERROR, "too long");
    }

    @Test
    void verify_unusableSignature_asksNobody() {
        DkimResult result = verify("dkim-signature:v=1; a=rsa-sha0; d=example.com; s=sel\r\n", RSA_RECORD);
        assertStatus(result, DkimStatus.PERMERROR, "a=");
        assertThat(result.signer().domain()).isEqualTo("example.com");
        assertThat(asked).isEqualTo(Name.root);
    }

    @Test
    void verify_200Signatures_judgesFive() {
        String signature = Mail.rsa(Keys.RSA, TAGS);
        DkimMaterial material = Mail.collect(signature.repeat(200) + Mail.HEADER + "\r\n" + Mail.BODY);
        DnsAnswer answer = new DnsAnswer(DnsOutcome.ANSWER, List.of(Keys.txt(RSA_RECORD)), Duration.ZERO, "");
        DkimVerifier verifier = new DkimVerifier((name, type) -> CompletableFuture.completedFuture(answer));
        assertThat(verifier.verify(material, NOW).join())
                .hasSize(5)
                .allMatch(result -> result.status() == DkimStatus.PASS);
    }
}
