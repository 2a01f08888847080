package org.slash64.enrichers.dkim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;
import org.slash64.enrichers.dkim.SignatureMaterial.Unusable;

/** The signatures of one header, and the hashes of the body that they ask for. */
final class SignatureSet {
    /** The name of the field, RFC 6376 section 3.5. */
    private static final String FIELD = "dkim-signature";

    /** What is known before the body is. */
    private sealed interface Entry {}

    private record Pending(SignatureTags tags, Octets headerHash, BodyKind body) implements Entry {}

    private record Settled(Unusable material) implements Entry {}

    private record BodyKind(Canonicalization canonicalization, String hash, long limit) {}

    private final int fromFields;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<BodyKind, BodyHash> hashes = new HashMap<>();
    private final Map<Canonicalization, BodyCanonicalizer> canonicalizers = new EnumMap<>(Canonicalization.class);
    private final int passedOver;

    SignatureSet(Header header, boolean headerTooLong, DkimLimits limits) {
        this.fromFields = header.named("from").size();
        List<HeaderField> fields = header.named(FIELD);
        int evaluated = Math.min(fields.size(), limits.maxSignatures());
        this.passedOver = fields.size() - evaluated;
        boolean whole = header.isWhole() && !headerTooLong;
        fields.subList(0, evaluated).forEach(field -> entries.add(entry(header, field, whole)));
        addCanonicalizers();
    }

    private Entry entry(Header header, HeaderField field, boolean wholeHeader) {
        Signer signer = Signer.UNKNOWN;
        try {
            TagList list = TagList.parse(field.value());
            SignatureParser parser = new SignatureParser(list);
            signer = parser.signer();
            SignatureTags tags = parser.parse();
            return wholeHeader ? pending(header, field, list, tags) : tooLarge(signer);
        } catch (DkimSyntaxException e) {
            return new Settled(new Unusable(signer, DkimStatus.PERMERROR, "signature: " + e.getMessage()));
        }
    }

    private static Entry tooLarge(Signer signer) {
        return new Settled(new Unusable(signer, DkimStatus.POLICY, "the header is larger than is evaluated here"));
    }

    private Entry pending(Header header, HeaderField field, TagList list, SignatureTags tags) {
        BodyKind kind =
                new BodyKind(tags.bodyCanonicalization(), tags.algorithm().hash(), tags.bodyLength());
        hashes.computeIfAbsent(kind, body -> new BodyHash(tags.algorithm().digest(), body.limit()));
        Octets hash = HeaderHash.of(header, tags, field, list.tag("b").orElseThrow());
        return new Pending(tags, hash, kind);
    }

    private void addCanonicalizers() {
        Map<Canonicalization, List<BodyHash>> byCanonicalization = new EnumMap<>(Canonicalization.class);
        hashes.forEach((kind, hash) -> byCanonicalization
                .computeIfAbsent(kind.canonicalization(), canonicalization -> new ArrayList<>())
                .add(hash));
        byCanonicalization.forEach((canonicalization, list) ->
                canonicalizers.put(canonicalization, new BodyCanonicalizer(canonicalization, list)));
    }

    /** Takes the next piece of the body. */
    void accept(byte[] bytes, int start, int end) {
        canonicalizers.values().forEach(canonicalizer -> canonicalizer.accept(bytes, start, end));
    }

    DkimMaterial finish() {
        Map<Canonicalization, Long> lengths = new EnumMap<>(Canonicalization.class);
        canonicalizers.forEach(
                (canonicalization, canonicalizer) -> lengths.put(canonicalization, canonicalizer.finish()));
        Map<BodyKind, Octets> bodies = new HashMap<>();
        hashes.forEach((kind, hash) -> bodies.put(kind, hash.finish()));
        List<SignatureMaterial> materials = new ArrayList<>();
        for (Entry entry : entries) {
            materials.add(material(entry, lengths, bodies));
        }
        return new DkimMaterial(materials, passedOver, fromFields);
    }

    private static SignatureMaterial material(
            Entry entry, Map<Canonicalization, Long> lengths, Map<BodyKind, Octets> bodies) {
        if (entry instanceof Pending pending) {
            long length = lengths.get(pending.body().canonicalization());
            return material(pending, length, bodies.get(pending.body()));
        }
        return ((Settled) entry).material();
    }

    private static SignatureMaterial material(Pending pending, long length, Octets bodyHash) {
        SignatureTags tags = pending.tags();
        boolean limited = tags.bodyLength() != Long.MAX_VALUE;
        if (limited && tags.bodyLength() > length) {
            return new Unusable(tags.signer(), DkimStatus.PERMERROR, "signature: l= is more than the body has");
        }
        return new Complete(
                tags.signer(),
                tags.algorithm(),
                pending.headerHash(),
                bodyHash,
                tags.signedBodyHash(),
                tags.signature(),
                tags.signedAt(),
                tags.expiresAt(),
                limited ? length - tags.bodyLength() : 0);
    }
}
