package org.slash64.topology.scenario;

import java.util.Locale;

/** Constants as scenarios write them. */
final class Words {

    private Words() {}

    /** In lower case with blanks. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
