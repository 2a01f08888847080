package org.slash64.testkit.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Address;
import org.slash64.schemas.DkimSigned;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpEvent;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** The load is what its mix says, and its records fit its events. */
class LoadEventsTest {

    private static final int EVENTS = 20_000;
    private static LoadZone zone;
    private static List<SmtpEvent> events;

    @BeforeAll
    static void draw() {
        zone = new LoadZone(Mix.standard());
        events = events(zone);
    }

    private static List<SmtpEvent> events(LoadZone of) {
        return Stream.generate(new LoadEvents(of)::next).limit(EVENTS).toList();
    }

    private static double share(long part, long whole) {
        return (double) part / whole;
    }

    @Test
    void standardMix_hasItsShares() {
        List<SmtpEvent> messages = events.stream()
                .filter(event -> event.getKind() == EventKind.MESSAGE)
                .toList();
        long signed = messages.stream()
                .filter(event -> !event.getDkim().getSignatures().isEmpty())
                .count();
        assertThat(share(messages.size(), EVENTS)).isCloseTo(0.4, within(0.01));
        assertThat(share(signed, messages.size())).isCloseTo(0.5, within(0.02));
        long ipv6 = Stream.iterate(0, network -> network + 1)
                .limit(1_000)
                .filter(network -> new Clients(0.7)
                        .draw(network, new java.util.SplittableRandom(1))
                        .v6())
                .count();
        assertThat(ipv6).isEqualTo(700);
    }

    @Test
    void networks_followZipfsLaw() {
        Map<Prefix, Integer> counts = new HashMap<>();
        events.forEach(event ->
                counts.merge(Prefix.network(Address.parse(event.getClient()).orElseThrow()), 1, Integer::sum));
        List<Integer> sorted = counts.values().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .toList();
        assertThat(share(sorted.get(0), sorted.get(1))).isCloseTo(2, within(0.4));
        assertThat(share(sorted.get(0), sorted.get(9))).isCloseTo(10, within(3.0));
    }

    @Test
    void sameMix_givesTheSameEvents() {
        assertThat(events(new LoadZone(Mix.standard()))).isEqualTo(events);
    }

    @Test
    void times_goOnAtTheirPace() {
        assertThat(Duration.between(
                        events.get(0).getTime(), events.get(EVENTS - 1).getTime()))
                .isBetween(Duration.ofMillis(3_990), Duration.ofMillis(4_000));
    }

    @Test
    void oneNetwork_hasItsShareInSlash64sWithoutEnd() {
        List<Prefix> busy = events(new LoadZone(Mix.standard().withOneNetwork(0.5))).stream()
                .map(event -> Address.parse(event.getClient()).orElseThrow())
                .filter(client -> Prefix.network(client).toString().equals("2a00:bad::/48"))
                .map(Prefix::finest)
                .toList();
        assertThat(share(busy.size(), EVENTS)).isCloseTo(0.5, within(0.02));
        assertThat(busy.stream().distinct().count()).isGreaterThan(4_000);
    }

    @Test
    void zone_leadsFromEachNamedClientToItsNameAndBack() {
        long named = 0;
        for (SmtpEvent event : events) {
            Address client = Address.parse(event.getClient()).orElseThrow();
            Optional<Record> pointer = zone.record(ReverseMap.fromAddress(client.toInetAddress()), Type.PTR);
            assertThat(pointer.isPresent()).isEqualTo(event.getClientName() != null);
            if (pointer.isPresent()) {
                named++;
                Name name = ((PTRRecord) pointer.get()).getTarget();
                assertThat(name.toString(true)).isEqualTo(event.getClientName());
                Record address =
                        zone.record(name, client.v6() ? Type.AAAA : Type.A).orElseThrow();
                assertThat(client.v6() ? ((AAAARecord) address).getAddress() : ((ARecord) address).getAddress())
                        .isEqualTo(client.toInetAddress());
                assertThat(zone.record(name, client.v6() ? Type.A : Type.AAAA)).isEmpty();
            }
        }
        assertThat(share(named, EVENTS)).isBetween(0.6, 0.9);
    }

    @Test
    void zone_hasTheKeyOfEachSignature() throws Exception {
        SmtpEvent event = events.stream()
                .filter(each -> each.getDkim() != null
                        && !each.getDkim().getSignatures().isEmpty())
                .findFirst()
                .orElseThrow();
        var signature = event.getDkim().getSignatures().get(0);
        Name name = Name.fromConstantString(signature.getSelector() + "._domainkey." + signature.getDomain() + ".");
        String record = String.join("", ((TXTRecord) zone.record(name, Type.TXT).orElseThrow()).getStrings());
        byte[] key = Base64.getDecoder().decode(record.substring(record.indexOf("p=") + 2));
        Signature verifier = Signature.getInstance("NONEwithRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
        verifier.update(digestInfo(signature.getSigned()));
        assertThat(verifier.verify(bytes(signature.getSigned().getSignature()))).isTrue();
    }

    /** RFC 8017 section 9.2, note 1: SHA-256. */
    private static byte[] digestInfo(DkimSigned signed) {
        byte[] prefix = java.util.HexFormat.of().parseHex("3031300d060960864801650304020105000420");
        byte[] hash = bytes(signed.getHeaderHash());
        byte[] info = java.util.Arrays.copyOf(prefix, prefix.length + hash.length);
        System.arraycopy(hash, 0, info, prefix.length, hash.length);
        return info;
    }

    private static byte[] bytes(java.nio.ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void zone_knowsNoOtherNames() {
        for (String name :
                List.of("sender50000.example.", "sender01.example.", "mx-a.sender1.example.", "x.example.")) {
            Name asked = Name.fromConstantString(name);
            assertThat(zone.record(asked, Type.TXT)).as(name).isEmpty();
            assertThat(zone.record(asked, Type.AAAA)).as(name).isEmpty();
            assertThat(zone.record(asked, Type.PTR)).as(name).isEmpty();
        }
    }
}
