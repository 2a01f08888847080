package org.slash64.topology.enrich;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.slash64.enrichers.addressing.Addressing;
import org.slash64.enrichers.addressing.HardwareAddress;
import org.slash64.enrichers.authentication.Authentication;
import org.slash64.enrichers.domain.DomainResult;
import org.slash64.enrichers.domain.Listing;
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
import org.slash64.schemas.DomainExistence;
import org.slash64.schemas.DomainRole;
import org.slash64.schemas.DomainVerdict;
import org.slash64.schemas.InterfaceId;

/** What the enrichers say, as records. Enumerations have the same names on both sides. */
final class Verdicts {

    private Verdicts() {}

    static AddressingVerdict of(Addressing addressing) {
        return new AddressingVerdict(
                AddressPrefix.valueOf(addressing.prefix().name()),
                InterfaceId.valueOf(addressing.interfaceId().name()),
                addressing.embedded().map(InetAddress::getHostAddress).orElse(null),
                addressing.hardware().map(HardwareAddress::text).orElse(null));
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
