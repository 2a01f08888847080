package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.List;
import org.slash64.enrichers.addressing.Addressing;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;
import org.slash64.topology.listing.ReservedSpace;

/** What an address tells of itself. */
final class AddressRules {
    /** Documentation prefixes count as any others, so that examples can be checked. */
    private static final ReservedSpace RESERVED = new ReservedSpace(true);

    private AddressRules() {}

    static List<Finding> findings(Address address) {
        Addressing addressing = Addressing.of(address.bytes());
        List<Finding> findings = new ArrayList<>();
        findings.add(prefix(address, addressing));
        if (address.v6() && findings.get(0).grade() == Grade.PASS) {
            findings.add(interfaceId(address, addressing));
        }
        return findings;
    }

    /** What is counted and listed for an IPv6 address. */
    static List<String> notes(Address address) {
        Prefix finest = Prefix.finest(address);
        return address.v6()
                ? List.of(
                        finest + " is counted, and may be listed, as a whole: send from a /64 in which nobody else has"
                                + " addresses")
                : List.of();
    }

    private static Finding prefix(Address address, Addressing addressing) {
        return switch (addressing.prefix()) {
            case IPV4_MAPPED, IPV4_COMPATIBLE -> transition(address, "an IPv4 address in IPv6 notation");
            case SIX_TO_FOUR -> transition(address, "6to4 (RFC 3056), which RFC 7526 retired");
            case TEREDO -> transition(address, "Teredo (RFC 4380): many hosts share the prefix");
            case NAT64, NAT64_LOCAL -> transition(address, "NAT64 (RFC 6052): an IPv4 host behind a translator");
            case IPV4, IPV6 -> ordinary(address);
        };
    }

    private static Finding transition(Address address, String what) {
        return Finding.fail(CheckKind.ADDRESS, address, what, "send from an address of your own network");
    }

    private static Finding ordinary(Address address) {
        if (RESERVED.touches(Prefix.of(address, address.bits()))) {
            return Finding.fail(
                    CheckKind.ADDRESS,
                    address,
                    "reserved space (RFC 6890): no host on the Internet has it",
                    "name the address that others see");
        }
        return Finding.pass(CheckKind.ADDRESS, address, address.v6() ? "an IPv6 address" : "an IPv4 address");
    }

    private static Finding interfaceId(Address address, Addressing addressing) {
        return switch (addressing.interfaceId()) {
            case EUI64 ->
                odd(
                        address,
                        "EUI-64: it shows the hardware address "
                                + addressing.hardware().orElseThrow().text());
            case ISATAP -> odd(address, "ISATAP (RFC 5214), a tunnel");
            case RANDOM -> odd(address, "random: it may be a temporary address (RFC 8981), which changes");
            case LOW_BYTE -> chosen(address, "chosen by hand or by DHCPv6 (low byte)");
            case EMBEDDED_IPV4 -> chosen(address, "chosen by hand (an IPv4 address)");
            case PATTERN -> chosen(address, "chosen by hand (a pattern)");
            case NONE -> chosen(address, "none");
        };
    }

    private static Finding chosen(Address address, String found) {
        return Finding.pass(CheckKind.INTERFACE_ID, address, found);
    }

    private static Finding odd(Address address, String found) {
        return Finding.warn(
                CheckKind.INTERFACE_ID,
                address,
                found,
                "give the mail server a fixed address, such as "
                        + Address.ofV6(address.high(), 0x25)
                        + ", and bind outgoing mail to it (Postfix: smtp_bind_address6)");
    }
}
