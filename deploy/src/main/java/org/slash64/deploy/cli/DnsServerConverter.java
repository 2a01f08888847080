package org.slash64.deploy.cli;

import java.net.InetSocketAddress;
import org.slash64.enrichers.dns.DnsServers;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code ADDRESS:PORT}; names are not looked up. */
final class DnsServerConverter implements ITypeConverter<InetSocketAddress> {

    @Override
    public InetSocketAddress convert(String text) {
        try {
            return DnsServers.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
