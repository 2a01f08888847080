package org.slash64.deploy.cli;

import org.slash64.enrichers.domain.DomainName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a domain or host name; U-labels become A-labels. */
final class DomainConverter implements ITypeConverter<DomainName> {

    @Override
    public DomainName convert(String text) {
        DomainName name = DomainName.parse(text);
        if (!name.isName()) {
            throw new TypeConversionException("no domain name: " + name.reason());
        }
        return name;
    }
}
