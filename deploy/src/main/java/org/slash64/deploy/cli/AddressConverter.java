package org.slash64.deploy.cli;

import org.slash64.schemas.Address;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an address; names are not looked up. */
final class AddressConverter implements ITypeConverter<Address> {

    @Override
    public Address convert(String text) {
        return Address.parse(text).orElseThrow(() -> new TypeConversionException("no address: " + text));
    }
}
