package org.slash64.deploy.bench.suffix;

import com.google.common.net.InternetDomainName;
import org.slash64.enrichers.domain.PublicSuffixes;

/** What both sides do: a name becomes the domain that somebody registered. */
final class OrganisationalDomains {

    private OrganisationalDomains() {}

    /** It tells the section of the list and the registry's own suffix too. */
    static String slash64(String name) {
        return PublicSuffixes.of(name).organisational().orElse("");
    }

    /** Under a suffix that is not on the list, Guava names none; then it is the last two labels. */
    static String guava(String name) {
        InternetDomainName parsed = InternetDomainName.from(name);
        if (parsed.isUnderPublicSuffix()) {
            return parsed.topPrivateDomain().toString();
        }
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }
}
