package org.slash64.enrichers.spf;

/** What reading a record gave. */
sealed interface ParsedRecord {
    /** It follows the grammar. */
    record Valid(SpfRecord spf) implements ParsedRecord {}

    /** It does not, anywhere in it; RFC 7208 section 4.6: then none of it counts. */
    record Invalid(String reason) implements ParsedRecord {}
}
