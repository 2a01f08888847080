package org.slash64.enrichers.spf;

import java.util.Optional;

/** Mechanisms of RFC 7208 section 5, read. A target that is not given is the domain of the record. */
sealed interface Mechanism {
    /** The target, where there is one. */
    default Optional<MacroString> spec() {
        return Optional.empty();
    }

    /** Section 5.1. */
    record All() implements Mechanism {}

    /** Section 5.2. */
    record Include(MacroString target) implements Mechanism {
        @Override
        public Optional<MacroString> spec() {
            return Optional.of(target);
        }
    }

    /** Section 5.3. */
    record A(Optional<MacroString> target, int prefix4, int prefix6) implements Mechanism {
        @Override
        public Optional<MacroString> spec() {
            return target;
        }
    }

    /** Section 5.4. */
    record Mx(Optional<MacroString> target, int prefix4, int prefix6) implements Mechanism {
        @Override
        public Optional<MacroString> spec() {
            return target;
        }
    }

    /** Section 5.5. */
    record Ptr(Optional<MacroString> target) implements Mechanism {
        @Override
        public Optional<MacroString> spec() {
            return target;
        }
    }

    /** Section 5.6: ip4 and ip6. */
    record Ip(Network network) implements Mechanism {}

    /** Section 5.7. */
    record Exists(MacroString target) implements Mechanism {
        @Override
        public Optional<MacroString> spec() {
            return Optional.of(target);
        }
    }
}
