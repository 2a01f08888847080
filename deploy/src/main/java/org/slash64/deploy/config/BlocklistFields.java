package org.slash64.deploy.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slash64.deploy.config.yaml.ListOf;
import org.slash64.deploy.config.yaml.Scalar;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.SectionOf;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.enrichers.domain.BlocklistPreset;
import org.slash64.enrichers.domain.DnsBlocklist;
import org.slash64.enrichers.domain.DnsBlocklist.Subject;
import org.slash64.enrichers.domain.ListingKind;
import org.slash64.enrichers.domain.Meaning;
import org.slash64.enrichers.domain.ReturnCodes;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;
import org.xbill.DNS.Name;

/** A DNS blocklist: one that is known by name, or one's own. */
final class BlocklistFields {

    static final SectionOf<DnsBlocklist> ITEM = new SectionOf<>(
            "blocklist",
            BlocklistFields::read,
            DnsBlocklist::name,
            "A DNS blocklist: a preset, or one of your own by name, zone, subject and codes. None is asked unless it is"
                    + " here: operators limit who may ask.");

    private static final int MOST_OF_NAME = 64;
    private static final int MOST_CODES = 64;

    /** Where the answers of lists are (RFC 5782 section 2.1). */
    private static final Prefix ANSWERS = Prefix.parse("127.0.0.0/8").orElseThrow();

    /** Where the refusals of lists are. */
    private static final Prefix REFUSALS = Prefix.parse("127.255.255.0/24").orElseThrow();

    private static final Scalar<ListingKind> KIND = Types.oneOf(ListingKind.class);

    private record Code<T>(T code, Meaning meaning) {}

    private BlocklistFields() {}

    private static DnsBlocklist read(Section list) {
        Optional<BlocklistPreset> preset = list.optional(
                "preset",
                "one of your own",
                Types.oneOf(List.of(BlocklistPreset.values()), BlocklistPreset::text),
                "A list whose answers are known.");
        Optional<Name> zone = list.optional(
                "zone",
                "the preset's public one",
                SiteTypes.domainName(),
                "Where it is asked; with a preset, your customer zone or mirror.");
        Optional<String> name =
                list.optional("name", "the preset's", Types.name(MOST_OF_NAME), "What verdicts call one of your own.");
        Optional<Subject> subject = list.optional(
                "subject", "the preset's", Types.oneOf(Subject.class), "What one of your own is asked about.");
        Optional<ReturnCodes> codes = codes(list);
        if (preset.isEmpty()) {
            return own(name, zone, subject, codes.orElse(new ReturnCodes.Any(listed(ListingKind.BAD))));
        }
        if (name.isPresent() || subject.isPresent() || codes.isPresent()) {
            throw new IllegalArgumentException("a preset brings its own name, subject and codes; leave them out");
        }
        return zone.map(preset.get()::at).orElseGet(preset.get()::list);
    }

    private static DnsBlocklist own(
            Optional<String> name, Optional<Name> zone, Optional<Subject> subject, ReturnCodes codes) {
        if (name.isEmpty() || zone.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("is no whole list; write preset, or name, zone and subject");
        }
        return new DnsBlocklist(name.get(), zone.get(), subject.get(), codes);
    }

    private static Meaning listed(ListingKind kind) {
        return new Meaning(kind, "listed");
    }

    private static Optional<ReturnCodes> codes(Section list) {
        Optional<ReturnCodes> any = list.optional(
                        "any", "bad, where there are no other codes", KIND, "What any answer of one of your own means.")
                .map(kind -> new ReturnCodes.Any(listed(kind)));
        Optional<ReturnCodes> exact = list.optional(
                        "exact", "none", codesOf("answer", "127.0.0.2", answer()), "Answers, each with its meaning.")
                .map(codes -> new ReturnCodes.Exact(byCode(codes)));
        Optional<ReturnCodes> bits = list.optional(
                        "bits", "none", codesOf("bit", 2, bit()), "Bits of the last octet, each with its meaning.")
                .map(codes -> new ReturnCodes.BitMask(byCode(codes)));
        if (Stream.of(any, exact, bits).filter(Optional::isPresent).count() > 1) {
            throw new IllegalArgumentException("has more than one of any, exact and bits; write one of them");
        }
        return any.or(() -> exact).or(() -> bits);
    }

    private static <T> Map<T, Meaning> byCode(List<Code<T>> codes) {
        return codes.stream().collect(Collectors.toMap(Code::code, Code::meaning));
    }

    private static <T> ListOf<Code<T>> codesOf(String key, T sample, Scalar<T> type) {
        Function<Section, Code<T>> reader = code -> new Code<>(
                code.required(key, sample, type, "What the list answers."),
                new Meaning(
                        code.required("kind", ListingKind.BAD, KIND, "What that says of what is listed."),
                        code.value("text", "listed", Types.text(MOST_OF_NAME), "The list's own word for it.")));
        SectionOf<Code<T>> item =
                new SectionOf<>("code", reader, code -> type.print(code.code()), "What one answer of a list means.");
        return new ListOf<>(item, Code::code, 1, MOST_CODES);
    }

    private static Scalar<String> answer() {
        return new Scalar<>("address in 127.0.0.0/8, not in 127.255.255.0/24", BlocklistFields::parseAnswer, a -> a);
    }

    private static String parseAnswer(String text) {
        return Address.parse(text)
                .filter(address -> ANSWERS.contains(address) && !REFUSALS.contains(address))
                .map(Address::toString)
                .orElseThrow(() -> new IllegalArgumentException("is no answer of a list"));
    }

    private static Scalar<Integer> bit() {
        return Types.oneOf(List.of(1, 2, 4, 8, 16, 32, 64, 128), String::valueOf);
    }
}
