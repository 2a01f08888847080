package org.slash64.connectors.inline;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slash64.enrichers.dkim.DkimFlag;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.schemas.DkimVerdict;

/** DKIM, by signature. Enumerations have the same names on both sides. */
public final class DkimVerdicts {

    private DkimVerdicts() {}

    /** As records. */
    public static List<DkimVerdict> of(List<DkimResult> results) {
        return results.stream().map(DkimVerdicts::of).toList();
    }

    private static DkimVerdict of(DkimResult result) {
        return new DkimVerdict(
                org.slash64.schemas.DkimResult.valueOf(result.status().name()),
                Texts.cut(result.signer().domain()),
                Texts.cut(result.signer().selector()),
                Texts.cut(result.signer().identity()),
                Texts.cut(result.signer().algorithm()),
                result.keyBits(),
                result.flags().stream().sorted().map(DkimFlag::text).toList(),
                result.reason());
    }

    /** The results that the records were made of. */
    public static List<DkimResult> results(List<DkimVerdict> verdicts) {
        return verdicts.stream().map(DkimVerdicts::result).toList();
    }

    private static DkimResult result(DkimVerdict verdict) {
        return new DkimResult(
                DkimStatus.valueOf(verdict.getResult().name()),
                new Signer(verdict.getDomain(), verdict.getSelector(), verdict.getIdentity(), verdict.getAlgorithm()),
                verdict.getKeyBits(),
                flags(verdict.getFlags()),
                verdict.getReason());
    }

    private static Set<DkimFlag> flags(List<String> texts) {
        Set<DkimFlag> flags = EnumSet.noneOf(DkimFlag.class);
        for (DkimFlag flag : DkimFlag.values()) {
            if (texts.contains(flag.text())) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
