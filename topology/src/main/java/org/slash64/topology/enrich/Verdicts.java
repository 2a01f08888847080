package org.slash64.topology.enrich;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.slash64.enrichers.addressing.Addressing;
import org.slash64.enrichers.addressing.HardwareAddress;
import org.slash64.enrichers.authentication.Authentication;
import org.slash64.enrichers.dkim.DkimFlag;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.domain.DomainResult;
import org.slash64.enrichers.domain.Listing;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.spf.SpfMatch;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.AddressPrefix;
import org.slash64.schemas.AddressingVerdict;
import org.slash64.schemas.Alignment;
import org.slash64.schemas.AuthenticatedDomain;
import org.slash64.schemas.AuthenticationMethod;
import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.AuthenticationVerdict;
import org.slash64.schemas.BlocklistAnswer;
import org.slash64.schemas.BlocklistKind;
import org.slash64.schemas.BlocklistStatus;
import org.slash64.schemas.DkimVerdict;
import org.slash64.schemas.DomainExistence;
import org.slash64.schemas.DomainRole;
import org.slash64.schemas.DomainVerdict;
import org.slash64.schemas.FcrdnsVerdict;
import org.slash64.schemas.GenericName;
import org.slash64.schemas.GenericSign;
import org.slash64.schemas.InterfaceId;
import org.slash64.schemas.SpfIdentity;
import org.slash64.schemas.SpfVerdict;

/** What the enrichers say, as records. Enumerations have the same names on both sides. */
final class Verdicts {

    /** A verdict repeats no more of a text that its event has whole; longer ones are no names anyway. */
    private static final int MAX_TEXT = 512;

    private Verdicts() {}

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }

    static FcrdnsVerdict of(FcrdnsResult result) {
        return new FcrdnsVerdict(
                org.slash64.schemas.FcrdnsResult.valueOf(result.status().name()),
                result.confirmed(),
                result.names(),
                result.reason(),
                result.generic().stream().map(Verdicts::of).toList(),
                result.looksGeneric());
    }

    private static GenericName of(org.slash64.enrichers.fcrdns.GenericName generic) {
        return new GenericName(
                generic.name(),
                generic.signs().stream()
                        .map(sign -> GenericSign.valueOf(sign.name()))
                        .toList());
    }

    static AddressingVerdict of(Addressing addressing) {
        return new AddressingVerdict(
                AddressPrefix.valueOf(addressing.prefix().name()),
                InterfaceId.valueOf(addressing.interfaceId().name()),
                addressing.embedded().map(InetAddress::getHostAddress).orElse(null),
                addressing.hardware().map(HardwareAddress::text).orElse(null));
    }

    static SpfVerdict of(SpfIdentity identity, SpfResult result) {
        return SpfVerdict.newBuilder()
                .setIdentity(identity)
                .setDomain(cut(result.domain()))
                .setResult(org.slash64.schemas.SpfResult.valueOf(result.status().name()))
                .setVoidLimit(result.voidLimit())
                .setMatch(result.match().map(SpfMatch::directive).orElse(null))
                .setMatchDomain(result.match().map(SpfMatch::domain).orElse(null))
                .setDnsTerms(result.dnsTerms())
                .setVoidLookups(result.voidLookups())
                .setReason(result.reason())
                .build();
    }

    static List<DkimVerdict> ofSignatures(List<DkimResult> results) {
        return results.stream().map(Verdicts::of).toList();
    }

    private static DkimVerdict of(DkimResult result) {
        return new DkimVerdict(
                org.slash64.schemas.DkimResult.valueOf(result.status().name()),
                cut(result.signer().domain()),
                cut(result.signer().selector()),
                cut(result.signer().identity()),
                cut(result.signer().algorithm()),
                result.keyBits(),
                result.flags().stream().sorted().map(DkimFlag::text).toList(),
                result.reason());
    }

    static AuthenticationVerdict of(Authentication authentication) {
        return new AuthenticationVerdict(
                AuthenticationOutcome.valueOf(authentication.outcome().name()),
                authentication.domains().stream().map(Verdicts::of).toList(),
                Alignment.valueOf(authentication.alignment().name()),
                authentication.reason());
    }

    private static AuthenticatedDomain of(org.slash64.enrichers.authentication.AuthenticatedDomain domain) {
        return new AuthenticatedDomain(
                domain.domain(),
                domain.organisationalDomain(),
                AuthenticationMethod.valueOf(domain.method().name()),
                Alignment.valueOf(domain.alignment().name()));
    }

    static DomainVerdict of(DomainResult result) {
        return new DomainVerdict(
                result.text(),
                result.roles().stream()
                        .map(role -> DomainRole.valueOf(role.name()))
                        .toList(),
                result.name().isName() ? result.name().ascii() : null,
                result.registration().organisational().orElse(null),
                result.registration().icannOrganisational().orElse(null),
                DomainExistence.valueOf(result.existence().status().name()),
                ofBlocklists(result.blocklists()));
    }

    static List<BlocklistAnswer> ofBlocklists(List<org.slash64.enrichers.domain.BlocklistAnswer> answers) {
        return answers.stream().flatMap(Verdicts::records).toList();
    }

    private static Stream<BlocklistAnswer> records(org.slash64.enrichers.domain.BlocklistAnswer answer) {
        return switch (answer.status()) {
            case NOT_LISTED -> Stream.empty();
            case LISTED -> answer.listings().stream().map(listing -> listed(answer.list(), listing));
            case TEMPERROR -> Stream.of(unclear(answer, BlocklistStatus.TEMPERROR));
            case ERROR -> Stream.of(unclear(answer, BlocklistStatus.ERROR));
        };
    }

    private static BlocklistAnswer listed(String list, Listing listing) {
        BlocklistKind kind = BlocklistKind.valueOf(listing.meaning().kind().name());
        return new BlocklistAnswer(
                list, BlocklistStatus.LISTED, kind, listing.meaning().text(), listing.answer());
    }

    private static BlocklistAnswer unclear(
            org.slash64.enrichers.domain.BlocklistAnswer answer, BlocklistStatus status) {
        return new BlocklistAnswer(answer.list(), status, null, answer.detail(), null);
    }
}
