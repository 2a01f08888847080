package org.slash64.enrichers.domain;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Internationalized names to A-labels, by UTS #46 without its transitional mappings, which is IDNA 2008 (RFC 5891) with
 * the case folding that people expect. {@code java.net.IDN} is IDNA 2003: it knows no character newer than Unicode 3.2
 * and makes {@code ß} into {@code ss}, another domain.
 */
public final class Idna {
    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** {@code r3---sn.example} is in use and hurts nobody. */
    private static final Set<IDNA.Error> HARMLESS = EnumSet.of(IDNA.Error.HYPHEN_3_4);

    private Idna() {}

    /**
     * The name in ASCII, lower case; A-labels are taken when they decode to what UTS #46 allows.
     *
     * @param name any text; the caller bounds its length
     * @return empty where a label is no U-label and no A-label, or is empty or too long; ASCII labels may still hold
     *     what no host name holds
     */
    public static Optional<String> toAscii(String name) {
        IDNA.Info info = new IDNA.Info();
        StringBuilder ascii = UTS46.nameToASCII(name, new StringBuilder(), info);
        return HARMLESS.containsAll(info.getErrors()) ? Optional.of(ascii.toString()) : Optional.empty();
    }
}
