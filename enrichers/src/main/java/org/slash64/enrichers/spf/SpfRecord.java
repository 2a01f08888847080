package org.slash64.enrichers.spf;

import java.util.List;
import java.util.Optional;

/** A record, read: RFC 7208 section 4.6.1. */
record SpfRecord(List<Directive> directives, Optional<MacroString> redirect, Optional<MacroString> explanation) {
    SpfRecord {
        directives = List.copyOf(directives);
    }
}
