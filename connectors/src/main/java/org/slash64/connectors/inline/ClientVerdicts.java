package org.slash64.connectors.inline;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.fcrdns.GenericName;
import org.slash64.schemas.FcrdnsVerdict;
import org.slash64.schemas.GenericSign;

/** Reverse DNS of a client. Enumerations have the same names on both sides. */
public final class ClientVerdicts {

    private ClientVerdicts() {}

    /** As a record. */
    public static FcrdnsVerdict of(FcrdnsResult result) {
        return new FcrdnsVerdict(
                org.slash64.schemas.FcrdnsResult.valueOf(result.status().name()),
                result.confirmed(),
                result.names(),
                result.reason(),
                result.generic().stream().map(ClientVerdicts::of).toList(),
                result.looksGeneric());
    }

    private static org.slash64.schemas.GenericName of(GenericName generic) {
        return new org.slash64.schemas.GenericName(
                generic.name(),
                generic.signs().stream()
                        .map(sign -> GenericSign.valueOf(sign.name()))
                        .toList());
    }

    /** The result that the record was made of, but for the words about generic names, which it has not. */
    public static FcrdnsResult result(FcrdnsVerdict verdict) {
        return new FcrdnsResult(
                FcrdnsStatus.valueOf(verdict.getResult().name()),
                verdict.getConfirmed(),
                verdict.getNames(),
                verdict.getGeneric().stream().map(ClientVerdicts::generic).toList(),
                verdict.getReason());
    }

    private static GenericName generic(org.slash64.schemas.GenericName generic) {
        Set<org.slash64.enrichers.fcrdns.GenericSign> signs =
                EnumSet.noneOf(org.slash64.enrichers.fcrdns.GenericSign.class);
        List<GenericSign> names = generic.getSigns();
        names.forEach(sign -> signs.add(org.slash64.enrichers.fcrdns.GenericSign.valueOf(sign.name())));
        return new GenericName(generic.getName(), signs, "");
    }
}
