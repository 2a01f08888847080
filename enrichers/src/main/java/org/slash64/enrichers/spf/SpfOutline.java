package org.slash64.enrichers.spf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.TXTRecord;

/**
 * What one record says, for those who look after it. A check of a client does not need it: {@link Spf}.
 *
 * @param flaw why the record is none, in words for people and safe to print; then all else is empty
 * @param sources mechanisms whose match is a pass, in the record's order, up to {@code all}
 * @param recordsNeeded targets of {@code include} and {@code redirect} whose records count too, those without macros
 * @param redirect the target of {@code redirect}, where it counts and has no macros
 * @param dnsTerms terms that ask DNS, of this record alone, up to {@code all}: {@link SpfLimits#MAX_DNS_TERMS}
 */
public record SpfOutline(
        Optional<String> flaw,
        List<SpfSource> sources,
        List<String> recordsNeeded,
        Optional<String> redirect,
        int dnsTerms) {
    /** Copies the lists. */
    public SpfOutline {
        sources = List.copyOf(sources);
        recordsNeeded = List.copyOf(recordsNeeded);
    }

    /** The texts of the SPF records of an answer of type TXT, well-formed or not: RFC 7208 section 4.5. */
    public static List<String> records(DnsAnswer answer) {
        return answer.records(TXTRecord.class).stream()
                .map(Records::text)
                .filter(RecordParser::isSpf)
                .toList();
    }

    /**
     * Reads one of the {@link #records(DnsAnswer)}.
     *
     * @param domain where it is, which stands for targets that are left out
     */
    public static SpfOutline of(String text, String domain) {
        ParsedRecord parsed = RecordParser.parse(text);
        return parsed instanceof ParsedRecord.Invalid invalid
                ? new SpfOutline(Optional.of(invalid.reason()), List.of(), List.of(), Optional.empty(), 0)
                : of(((ParsedRecord.Valid) parsed).spf(), domain);
    }

    private static SpfOutline of(SpfRecord spf, String domain) {
        List<SpfSource> sources = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        int dnsTerms = 0;
        boolean all = false;
        for (Directive directive : spf.directives()) {
            Mechanism mechanism = directive.mechanism();
            if (directive.qualifier() == Qualifier.PASS) {
                sources.add(source(directive, domain));
            }
            if (mechanism instanceof Mechanism.All) {
                all = true;
                break; // RFC 7208 section 5.1: what follows counts for nothing
            }
            dnsTerms += mechanism instanceof Mechanism.Ip ? 0 : 1;
            if (mechanism instanceof Mechanism.Include include) {
                include.target().constant().map(Domain::text).ifPresent(needed::add);
            }
        }
        Optional<MacroString> redirect = all ? Optional.empty() : spf.redirect();
        Optional<String> target = redirect.flatMap(MacroString::constant).map(Domain::text);
        target.ifPresent(needed::add);
        dnsTerms += redirect.isPresent() ? 1 : 0;
        return new SpfOutline(Optional.empty(), sources, needed, target, dnsTerms);
    }

    private static SpfSource source(Directive directive, String domain) {
        String text = Ascii.printable(directive.text(), directive.text().length());
        Mechanism mechanism = directive.mechanism();
        if (mechanism instanceof Mechanism.A a) {
            return new SpfSource.Host(text, target(a, domain), isExact(a.prefix4(), a.prefix6()));
        } else if (mechanism instanceof Mechanism.Mx mx) {
            return new SpfSource.MailHosts(text, target(mx, domain), isExact(mx.prefix4(), mx.prefix6()));
        } else if (mechanism instanceof Mechanism.Ip ip) {
            return new SpfSource.Addresses(text, first(ip.network()), bits(ip.network()));
        }
        return new SpfSource.Untold(text);
    }

    private static boolean isExact(int prefix4, int prefix6) {
        return prefix4 == Network.BITS_4 && prefix6 == Network.BITS_6;
    }

    private static Optional<String> target(Mechanism mechanism, String domain) {
        Optional<MacroString> spec = mechanism.spec();
        return spec.isEmpty()
                ? Optional.of(domain)
                : spec.flatMap(MacroString::constant).map(Domain::text);
    }

    private static int bits(Network network) {
        return Long.bitCount(network.highMask()) + Long.bitCount(network.lowMask());
    }

    private static InetAddress first(Network network) {
        byte[] bytes = network.v6()
                ? ByteBuffer.allocate(16)
                        .putLong(network.high())
                        .putLong(network.low())
                        .array()
                : ByteBuffer.allocate(4).putInt((int) network.low()).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
