package org.slash64.topology.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.domain.BlocklistPreset;
import org.slash64.enrichers.domain.DnsBlocklists;
import org.slash64.schemas.Address;
import org.slash64.schemas.Alignment;
import org.slash64.schemas.AuthenticatedDomain;
import org.slash64.schemas.AuthenticationMethod;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.BlocklistAnswer;
import org.slash64.schemas.BlocklistKind;
import org.slash64.schemas.DkimResult;
import org.slash64.schemas.DkimVerdict;
import org.slash64.schemas.DomainExistence;
import org.slash64.schemas.DomainRole;
import org.slash64.schemas.DomainVerdict;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.GenericSign;
import org.slash64.schemas.InlineVerdicts;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SpfIdentity;
import org.slash64.schemas.SpfResult;
import org.slash64.schemas.SpfVerdict;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.slash64.topology.Events;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DnsLookupIT {

    private static final String CLIENT = "2001:db8:1:2::25";
    private static final Instant AT = Instant.parse("2026-11-16T08:00:00Z");
    private static final String REVERSE = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.";

    private SignedMail mail;
    private ZoneServer server;
    private DnsClient dns;
    private DnsLookup lookup;

    @BeforeEach
    void serve() throws Exception {
        mail = SignedMail.by("news.example.org", "s1");
        server = ZoneServer.start(ZoneData.parse("""
                        $TTL 3600
                        %s PTR mail.example.org.
                        mail.example.org. AAAA %s
                        example.org. MX 10 mail.example.org.
                        example.org. TXT "v=spf1 ip6:2001:db8:1::/48 -all"
                        s1._domainkey.news.example.org. TXT "%s"
                        quiet.example.org. MX 0 .
                        5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.zen.spamhaus.org. A 127.0.0.10
                        bad.example.net.dbl.spamhaus.org. A 127.0.1.2
                        bad.example.net. A 192.0.2.1
                        """.formatted(REVERSE, CLIENT, mail.key())), 0);
        dns = new DnsClient(List.of(server.address()));
        lookup = lookup(dns);
    }

    private static DnsLookup lookup(DnsClient dns) {
        return new DnsLookup(
                dns,
                new DnsBlocklists(List.of(BlocklistPreset.SPAMHAUS_ZEN.list(), BlocklistPreset.SPAMHAUS_DBL.list())));
    }

    @AfterEach
    void stop() throws Exception {
        dns.close();
        server.close();
    }

    private LookedUp lookUp(SmtpEvent event) {
        return lookup.lookUp(event, Address.parse(event.getClient()).orElseThrow())
                .join();
    }

    private static SmtpEvent message(String mailFrom, String helo) {
        SmtpEvent event = Events.event(EventKind.MESSAGE, CLIENT, AT);
        event.setMailFrom(mailFrom);
        event.setHelo(helo);
        return event;
    }

    @Test
    void lookUp_messageThatAMilterSaw_givesAllVerdicts() throws Exception {
        SmtpEvent event = message("ann@example.org", "mail.example.org");
        event.setDkim(mail.material());
        event.setFromDomains(List.of("example.org"));
        LookedUp found = lookUp(event);
        assertThat(found.fcrdns().getResult()).isEqualTo(FcrdnsResult.PASS);
        assertThat(found.spf())
                .extracting(SpfVerdict::getIdentity, SpfVerdict::getResult, SpfVerdict::getMatch)
                .containsExactly(
                        tuple(SpfIdentity.MAIL_FROM, SpfResult.PASS, "ip6:2001:db8:1::/48"),
                        tuple(SpfIdentity.HELO, SpfResult.NONE, null));
        assertThat(found.dkim().orElseThrow())
                .extracting(DkimVerdict::getResult, DkimVerdict::getDomain)
                .containsExactly(tuple(DkimResult.PASS, "news.example.org"));
        assertThat(found.authentication().orElseThrow().getOutcome()).isEqualTo(AuthenticationOutcome.PASSED);
        assertThat(found.authentication().orElseThrow().getAlignment()).isEqualTo(Alignment.STRICT);
        assertThat(found.authentication().orElseThrow().getDomains())
                .extracting(
                        AuthenticatedDomain::getDomain,
                        AuthenticatedDomain::getOrganisationalDomain,
                        AuthenticatedDomain::getMethod,
                        AuthenticatedDomain::getAlignment)
                .containsExactly(
                        tuple("example.org", "example.org", AuthenticationMethod.SPF_MAIL_FROM, Alignment.STRICT),
                        tuple("news.example.org", "example.org", AuthenticationMethod.DKIM, Alignment.RELAXED));
    }

    @Test
    void lookUp_nameMadeFromTheAddress_looksGeneric() throws Exception {
        String name = "2001-db8-1-2--25.dyn.example.net.";
        server.serve(ZoneData.parse("$TTL 60\n%s PTR %s\n%s AAAA %s\n".formatted(REVERSE, name, name, CLIENT)));
        LookedUp found = lookUp(Events.connection(CLIENT, AT));
        assertThat(found.fcrdns().getResult()).isEqualTo(FcrdnsResult.PASS);
        assertThat(found.fcrdns().getLooksGeneric()).isTrue();
        assertThat(found.fcrdns().getGeneric())
                .singleElement()
                .satisfies(generic ->
                        assertThat(generic.getSigns()).containsExactly(GenericSign.ADDRESS, GenericSign.DYNAMIC));
    }

    @Test
    void lookUp_names_eachOnceWithItsRoles() {
        SmtpEvent event = message("ann@example.org", "mail.example.org");
        event.setFromDomains(List.of("Example.ORG"));
        event.setReplyToDomains(List.of("gone.example.org"));
        event.setSenderDomains(List.of("quiet.example.org"));
        event.setTlsNames(List.of("bad.example.net"));
        assertThat(lookUp(event).domains())
                .extracting(DomainVerdict::getAscii, DomainVerdict::getRoles, DomainVerdict::getExistence)
                .containsExactly(
                        tuple("example.org", List.of(DomainRole.MAIL_FROM, DomainRole.FROM), DomainExistence.HAS_MX),
                        tuple(
                                "mail.example.org",
                                List.of(DomainRole.PTR, DomainRole.HELO),
                                DomainExistence.ADDRESS_ONLY),
                        tuple("quiet.example.org", List.of(DomainRole.SENDER), DomainExistence.NULL_MX),
                        tuple("gone.example.org", List.of(DomainRole.REPLY_TO), DomainExistence.NXDOMAIN),
                        tuple("bad.example.net", List.of(DomainRole.TLS_NAME), DomainExistence.ADDRESS_ONLY));
    }

    @Test
    void lookUp_blocklists_tellWhatTheyListAlone() {
        SmtpEvent event = message("x@bad.example.net", "mail.example.org");
        LookedUp found = lookUp(event);
        assertThat(found.clientBlocklists())
                .extracting(BlocklistAnswer::getList, BlocklistAnswer::getKind, BlocklistAnswer::getAnswer)
                .containsExactly(tuple("spamhaus-zen", BlocklistKind.POLICY, "127.0.0.10"));
        assertThat(found.domains())
                .filteredOn(domain -> !domain.getBlocklists().isEmpty())
                .singleElement()
                .satisfies(domain -> assertThat(domain.getBlocklists())
                        .extracting(BlocklistAnswer::getText)
                        .containsExactly("spam"));
    }

    @Test
    void lookUp_logWithoutHeloAndDkim_checksMailFromAlone() {
        LookedUp found = lookUp(message("ann@example.org", null));
        assertThat(found.spf()).extracting(SpfVerdict::getResult).containsExactly(SpfResult.PASS);
        assertThat(found.dkim()).isEmpty();
        assertThat(found.authentication().orElseThrow().getOutcome()).isEqualTo(AuthenticationOutcome.PASSED);
    }

    @Test
    void lookUp_senderThatDoesNotPassInALogWithoutDkim_isNotKnown() {
        LookedUp found = lookUp(message("ann@bad.example.net", null));
        assertThat(found.authentication().orElseThrow().getOutcome()).isEqualTo(AuthenticationOutcome.NOT_KNOWN);
    }

    @Test
    void lookUp_nullSender_isCheckedByItsHeloOnce() {
        LookedUp found = lookUp(message("", "example.org"));
        assertThat(found.spf())
                .extracting(SpfVerdict::getIdentity, SpfVerdict::getDomain, SpfVerdict::getResult)
                .containsExactly(tuple(SpfIdentity.MAIL_FROM, "example.org", SpfResult.PASS));
        assertThat(lookUp(message("", null)).spf()).isEmpty();
    }

    @Test
    void lookUp_connection_hasNoSender() {
        LookedUp found = lookUp(Events.connection(CLIENT, AT));
        assertThat(found.spf()).isEmpty();
        assertThat(found.authentication().orElseThrow().getOutcome()).isEqualTo(AuthenticationOutcome.NOT_KNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED})
    void lookUp_keyThatDnsCannotTell_isTemperrorAndNotFailed(int rcode) throws Exception {
        server.inject(Name.fromString("s1._domainkey.news.example.org."), new Fault.Status(rcode));
        SmtpEvent event = message("ann@bad.example.net", "mail.example.org");
        event.setDkim(mail.material());
        LookedUp found = lookUp(event);
        assertThat(found.dkim().orElseThrow())
                .extracting(DkimVerdict::getResult)
                .containsExactly(DkimResult.TEMPERROR);
        assertThat(found.authentication().orElseThrow().getOutcome()).isEqualTo(AuthenticationOutcome.TEMPERROR);
    }

    @Test
    void lookUp_signatureOlderThanItsKeyAllows_isJudgedAtTheTimeOfTheEvent() throws Exception {
        SmtpEvent event = message("ann@bad.example.net", "mail.example.org");
        event.setDkim(mail.material());
        event.getDkim().getSignatures().get(0).getSigned().setExpiresAt(AT.getEpochSecond() - 1);
        assertThat(lookUp(event).dkim().orElseThrow())
                .extracting(DkimVerdict::getResult)
                .containsExactly(DkimResult.PERMERROR);
        event.getDkim().getSignatures().get(0).getSigned().setExpiresAt(AT.getEpochSecond() + 1);
        assertThat(lookUp(event).dkim().orElseThrow())
                .extracting(DkimVerdict::getResult)
                .containsExactly(DkimResult.PASS);
    }

    /** The event's verdicts stand though DNS says other things meanwhile, and nothing else about it changes. */
    @Test
    void lookUp_eventWithVerdicts_isTheSameAndAsksForNoneOfThem() throws Exception {
        SmtpEvent event = message("ann@example.org", "mail.example.org");
        event.setDkim(mail.material());
        event.setFromDomains(List.of("example.org"));
        LookedUp asked = lookUp(event);
        server.serve(ZoneData.parse("""
                $TTL 3600
                mail.example.org. AAAA %s
                example.org. MX 10 mail.example.org.
                example.org. TXT "v=spf1 -all"
                s1._domainkey.news.example.org. TXT "v=DKIM1; p="
                5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.zen.spamhaus.org. A 127.0.0.10
                """.formatted(CLIENT)));
        event.setInlineVerdicts(new InlineVerdicts(
                AT.plusSeconds(2), asked.fcrdns(), asked.spf(), asked.dkim().orElseThrow()));
        try (DnsClient forgetful = new DnsClient(List.of(server.address()))) {
            LookedUp told = lookup(forgetful)
                    .lookUp(event, Address.parse(CLIENT).orElseThrow())
                    .join();
            assertThat(told).isEqualTo(asked);
        }
    }

    @Test
    void lookUp_verdictOnASignatureThatExpiredBetweenEventAndVerdict_isReachedAnew() throws Exception {
        SmtpEvent event = message("ann@example.org", "mail.example.org");
        event.setDkim(mail.material());
        event.getDkim().getSignatures().get(0).getSigned().setExpiresAt(AT.getEpochSecond() + 1);
        DkimVerdict expired = DkimVerdict.newBuilder(
                        lookUp(event).dkim().orElseThrow().get(0))
                .setResult(DkimResult.PERMERROR)
                .build();
        event.setInlineVerdicts(new InlineVerdicts(AT.plusSeconds(2), null, List.of(), List.of(expired)));
        assertThat(lookUp(event).dkim().orElseThrow())
                .extracting(DkimVerdict::getResult)
                .containsExactly(DkimResult.PASS);
    }

    @Test
    void lookUp_hostileEvent_givesAVerdict() throws Exception {
        String endless = "a.".repeat(50_000);
        SmtpEvent event = message(endless + "@" + endless, endless);
        event.setFromDomains(Collections.nCopies(1_000, "\u0000[\u202e"));
        event.setTlsNames(List.of("", ".", "*.", "xn--\u00ff"));
        event.setDkim(mail.material());
        event.getDkim().getSignatures().get(0).setDomain(endless);
        event.getDkim().getSignatures().get(0).setAlgorithm("rsa-sha256");
        event.getDkim().getSignatures().get(0).getSigned().setExpiresAt(Long.MAX_VALUE);
        LookedUp found = lookUp(event);
        assertThat(found.authentication()).isPresent();
        assertThat(found.dkim().orElseThrow())
                .extracting(DkimVerdict::getResult)
                .containsExactly(DkimResult.PERMERROR);
        assertThat(List.of(found.spf(), found.dkim(), found.domains(), found.fcrdns(), found.authentication()))
                .as("what is said about hostile text does not repeat it whole")
                .allSatisfy(part -> assertThat(part.toString()).hasSizeLessThan(10_000));
    }
}
