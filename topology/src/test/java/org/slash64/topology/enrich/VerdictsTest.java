package org.slash64.topology.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictsTest {

    static Stream<Arguments> enumerations() {
        return Stream.of(
                Arguments.of(org.slash64.enrichers.fcrdns.FcrdnsStatus.class, org.slash64.schemas.FcrdnsResult.class),
                Arguments.of(org.slash64.enrichers.fcrdns.GenericSign.class, org.slash64.schemas.GenericSign.class),
                Arguments.of(org.slash64.enrichers.spf.SpfStatus.class, org.slash64.schemas.SpfResult.class),
                Arguments.of(org.slash64.enrichers.dkim.DkimStatus.class, org.slash64.schemas.DkimResult.class),
                Arguments.of(
                        org.slash64.enrichers.authentication.AuthenticationOutcome.class,
                        org.slash64.schemas.AuthenticationOutcome.class),
                Arguments.of(
                        org.slash64.enrichers.authentication.Method.class,
                        org.slash64.schemas.AuthenticationMethod.class),
                Arguments.of(org.slash64.enrichers.authentication.Alignment.class, org.slash64.schemas.Alignment.class),
                Arguments.of(org.slash64.enrichers.domain.DomainRole.class, org.slash64.schemas.DomainRole.class),
                Arguments.of(
                        org.slash64.enrichers.domain.ExistenceStatus.class, org.slash64.schemas.DomainExistence.class),
                Arguments.of(org.slash64.enrichers.domain.ListingKind.class, org.slash64.schemas.BlocklistKind.class),
                Arguments.of(
                        org.slash64.enrichers.addressing.AddressPrefix.class, org.slash64.schemas.AddressPrefix.class),
                Arguments.of(
                        org.slash64.enrichers.addressing.InterfaceId.class, org.slash64.schemas.InterfaceId.class));
    }

    @ParameterizedTest
    @MethodSource("enumerations")
    void of_everyValueOfTheEnrichers_hasOneOfTheSameNameInTheSchema(
            Class<? extends Enum<?>> enricher, Class<? extends Enum<?>> schema) {
        assertThat(names(schema)).containsAll(names(enricher));
    }

    private static List<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    }
}
