package org.slash64.enrichers.domain;

/** A text, read, and what follows from it without asking anybody. */
record KnownName(DomainName name, Registration registration) {
    static KnownName of(String text) {
        DomainName name = DomainName.parse(text);
        return new KnownName(name, name.isName() ? PublicSuffixes.of(name.ascii()) : Registration.NONE);
    }
}
