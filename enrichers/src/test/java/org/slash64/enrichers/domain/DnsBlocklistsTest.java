package org.slash64.enrichers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.enrichers.domain.DnsBlocklist.Subject;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class DnsBlocklistsTest {
    private static final String DBL = "example.test.dbl.spamhaus.org";
    private static final String SURBL = "example.test.multi.surbl.org";
    private static final String ZEN = "1.2.0.192.zen.spamhaus.org";

    private final ScriptedDns dns = new ScriptedDns();

    private List<BlocklistAnswer> checkName(String text, DnsBlocklist... lists) {
        return checkName(new DnsBlocklists(List.of(lists)), text);
    }

    private List<BlocklistAnswer> checkName(DnsBlocklists lists, String text) {
        KnownName name = KnownName.of(text);
        return lists.check(dns, name.name(), name.registration()).join();
    }

    private List<BlocklistAnswer> checkAddress(String text, DnsBlocklist... lists) throws Exception {
        byte[] address = Address.toByteArray(text, text.contains(":") ? Address.IPv6 : Address.IPv4);
        return new DnsBlocklists(List.of(lists))
                .check(dns, InetAddress.getByAddress(address))
                .join();
    }

    private BlocklistAnswer dbl() {
        return checkName("example.test", BlocklistPreset.SPAMHAUS_DBL.list()).get(0);
    }

    private static BlocklistAnswer listed(String list, ListingKind kind, String meaning, String answer) {
        return new BlocklistAnswer(
                list, BlocklistStatus.LISTED, List.of(new Listing(new Meaning(kind, meaning), answer)), "");
    }

    private static BlocklistAnswer without(String list, BlocklistStatus status, String detail) {
        return new BlocklistAnswer(list, status, List.of(), detail);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.1.2, BAD, spam",
        "127.0.1.4, BAD, phishing",
        "127.0.1.5, BAD, malware",
        "127.0.1.6, BAD, botnet control",
        "127.0.1.102, ABUSED, abused for spam",
        "127.0.1.106, ABUSED, abused for botnet control"
    })
    void check_dblCode_isItsMeaning(String answer, ListingKind kind, String meaning) throws Exception {
        dns.answers(DBL, Type.A, answer);
        assertThat(dbl()).isEqualTo(listed("spamhaus-dbl", kind, meaning, answer));
    }

    @ParameterizedTest
    @CsvSource({
        "127.255.255.252, 127.255.255.252: the zone's name is wrong",
        "127.255.255.254, 127.255.255.254: asked through a public resolver",
        "127.255.255.255, 127.255.255.255: asked too often",
        "127.255.255.1, 127.255.255.1: refused",
        "127.0.1.255, 127.0.1.255 has no known meaning",
        "127.0.0.2, 127.0.0.2 has no known meaning",
        "192.0.2.1, 192.0.2.1 is no answer of a blocklist",
        "255.0.1.2, 255.0.1.2 is no answer of a blocklist"
    })
    void check_answerThatIsNoListing_isError(String answer, String detail) throws Exception {
        dns.answers(DBL, Type.A, answer);
        assertThat(dbl()).isEqualTo(without("spamhaus-dbl", BlocklistStatus.ERROR, detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "127.255.255.254"})
    void check_listingBesideARewrittenAnswerOrARefusal_isError(String other) throws Exception {
        dns.answers(DBL, Type.A, "127.0.1.2", other);
        assertThat(dbl().status()).isEqualTo(BlocklistStatus.ERROR);
        assertThat(dbl().listings()).isEmpty();
    }

    @Test
    void check_severalAddresses_areSeveralListings() throws Exception {
        dns.answers(ZEN, Type.A, "127.0.0.4", "127.0.0.10", "127.0.0.77");
        assertThat(checkAddress("192.0.2.1", BlocklistPreset.SPAMHAUS_ZEN.list()))
                .containsExactly(new BlocklistAnswer(
                        "spamhaus-zen",
                        BlocklistStatus.LISTED,
                        List.of(
                                new Listing(new Meaning(ListingKind.BAD, "XBL"), "127.0.0.4"),
                                new Listing(
                                        new Meaning(ListingKind.POLICY, "PBL, by the network's owner"), "127.0.0.10")),
                        ""));
    }

    @Test
    void check_thousandAddresses_readsTheFirst() throws Exception {
        dns.answers(
                DBL,
                Type.A,
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "127.0.1." + (i < 32 ? 2 : 4))
                        .toArray(String[]::new));
        assertThat(dbl().listings())
                .hasSizeLessThanOrEqualTo(BlocklistReader.MAX_ADDRESSES)
                .allMatch(listing -> listing.answer().equals("127.0.1.2"));
    }

    @ParameterizedTest
    @EnumSource(names = {"NXDOMAIN", "NODATA"})
    void check_nothingThere_isNotListed(DnsOutcome outcome) {
        dns.ends(DBL, Type.A, outcome);
        assertThat(dbl()).isEqualTo(without("spamhaus-dbl", BlocklistStatus.NOT_LISTED, ""));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "TIMEOUT", "ERROR"})
    void check_dnsFails_isTempErrorThatNamesIt(DnsOutcome outcome) {
        dns.ends(DBL, Type.A, outcome);
        assertThat(dbl()).isEqualTo(without("spamhaus-dbl", BlocklistStatus.TEMPERROR, outcome + ", scripted"));
    }

    @Test
    void check_bitMask_isEachKnownBit() throws Exception {
        dns.answers(SURBL, Type.A, "127.0.0.200");
        assertThat(checkName("www.example.test", BlocklistPreset.SURBL.list())
                        .get(0)
                        .listings())
                .containsExactly(
                        new Listing(new Meaning(ListingKind.BAD, "phishing"), "127.0.0.200"),
                        new Listing(new Meaning(ListingKind.BAD, "abuse"), "127.0.0.200"),
                        new Listing(new Meaning(ListingKind.ABUSED, "cracked site"), "127.0.0.200"));
        assertThat(dns.questions()).containsExactly(SURBL + " A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.4", "127.0.1.8"})
    void check_bitMaskWithoutKnownBits_isError(String answer) throws Exception {
        dns.answers(SURBL, Type.A, answer);
        assertThat(checkName("example.test", BlocklistPreset.SURBL.list()))
                .containsExactly(without("surbl", BlocklistStatus.ERROR, answer + " has no known meaning"));
    }

    @Test
    void check_anyCode_isTheOneMeaningButForTheTestAddress() throws Exception {
        Meaning meaning = new Meaning(ListingKind.BAD, "own list");
        DnsBlocklist own =
                new DnsBlocklist("own", Name.fromString("bl.test."), Subject.NAME, new ReturnCodes.Any(meaning));
        dns.answers("a.test.bl.test", Type.A, "127.0.0.9").answers("b.test.bl.test", Type.A, "127.0.0.1");
        assertThat(checkName("a.test", own)).containsExactly(listed("own", ListingKind.BAD, "own list", "127.0.0.9"));
        assertThat(checkName("b.test", own).get(0).status()).isEqualTo(BlocklistStatus.ERROR);
    }

    @Test
    void check_ipv6_isAskedByNibbles() throws Exception {
        checkAddress("2001:db8::25", BlocklistPreset.SPAMHAUS_ZEN.list());
        assertThat(dns.questions())
                .containsExactly("5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.zen.spamhaus.org A");
    }

    @Test
    void check_mappedAddress_isAskedAsIpv4() throws Exception {
        checkAddress("::ffff:192.0.2.1", BlocklistPreset.SPAMHAUS_ZEN.list());
        assertThat(dns.questions()).containsExactly(ZEN + " A");
    }

    @Test
    void check_addressesAndNames_goToTheirOwnLists() throws Exception {
        DnsBlocklist[] all = {
            BlocklistPreset.SPAMHAUS_ZEN.list(), BlocklistPreset.SPAMHAUS_DBL.list(), BlocklistPreset.SURBL.list()
        };
        assertThat(checkAddress("192.0.2.1", all)).hasSize(1);
        assertThat(checkName("mail.example.test", all))
                .extracting(BlocklistAnswer::list)
                .containsExactly("spamhaus-dbl", "surbl");
        assertThat(dns.questions()).containsExactly(ZEN + " A", "mail.example.test.dbl.spamhaus.org A", SURBL + " A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "[192.0.2.1]", "[IPv6:2001:db8::1]", "localhost", "com", "a..b", ""})
    void check_addressOrSingleLabelOrNoName_isNeverAskedOfANameList(String text) {
        assertThat(checkName(text, BlocklistPreset.SPAMHAUS_DBL.list(), BlocklistPreset.SURBL.list()))
                .isEmpty();
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void check_publicSuffixOfAPrivateOwner_isAskedByNameAlone() {
        assertThat(checkName("github.io", BlocklistPreset.SPAMHAUS_DBL.list(), BlocklistPreset.SURBL.list()))
                .extracting(BlocklistAnswer::list)
                .containsExactly("spamhaus-dbl");
    }

    @Test
    void check_nameTooLongForTheZone_isAskedByOrganisationalDomain() {
        String label = "a".repeat(60) + ".";
        assertThat(checkName(label.repeat(4) + "ex.test", BlocklistPreset.SPAMHAUS_DBL.list()))
                .hasSize(1);
        assertThat(dns.questions()).containsExactly("ex.test.dbl.spamhaus.org A");
    }

    @Test
    void check_nothingFitsBeforeTheZone_isError() throws Exception {
        Name zone = Name.fromString(("z".repeat(60) + ".").repeat(4));
        assertThat(checkName("example-example.test", BlocklistPreset.SPAMHAUS_DBL.at(zone)))
                .containsExactly(without(
                        "spamhaus-dbl", BlocklistStatus.ERROR, "the question would be longer than a name may be"));
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void check_noLists_asksNobody() throws Exception {
        assertThat(checkName(DnsBlocklists.none(), "example.test")).isEmpty();
        assertThat(checkAddress("192.0.2.1")).isEmpty();
        assertThat(dns.questions()).isEmpty();
    }

    @Test
    void statistics_everyEnd_isCountedPerList() throws Exception {
        DnsBlocklists lists = new DnsBlocklists(List.of(BlocklistPreset.SPAMHAUS_DBL.list()));
        dns.answers(DBL, Type.A, "127.0.1.2")
                .answers("b.test.dbl.spamhaus.org", Type.A, "127.255.255.254")
                .ends("c.test.dbl.spamhaus.org", Type.A, DnsOutcome.SERVFAIL);
        for (String name : List.of("example.test", "b.test", "b.test", "c.test", "d.test")) {
            checkName(lists, name);
        }
        assertThat(lists.statistics()).isEqualTo(Map.of("spamhaus-dbl", new BlocklistCounts(1, 1, 1, 2)));
    }

    @Test
    void new_wrongConfiguration_isRefused() throws Exception {
        DnsBlocklist list = BlocklistPreset.SURBL.list();
        Name relative = Name.fromString("bl");
        assertThatThrownBy(() -> new DnsBlocklists(List.of(list, list))).hasMessageContaining("surbl");
        assertThatThrownBy(() -> BlocklistPreset.SURBL.at(relative)).hasMessageContaining("absolute");
        assertThatThrownBy(() -> new ReturnCodes.BitMask(Map.of(3, new Meaning(ListingKind.BAD, "x"))))
                .hasMessageContaining("bits");
        assertThatThrownBy(() -> new DnsBlocklists(IntStream.rangeClosed(0, DnsBlocklists.MAX_LISTS)
                        .mapToObj(i -> new DnsBlocklist("list" + i, list.zone(), list.subject(), list.codes()))
                        .toList()))
                .hasMessageContaining("16");
    }
}
