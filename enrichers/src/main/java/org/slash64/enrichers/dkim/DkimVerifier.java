package org.slash64.enrichers.dkim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dkim.SignatureMaterial.Complete;
import org.slash64.enrichers.dkim.SignatureMaterial.Unusable;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.Name;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Judges the signatures of a message by their material and their keys (RFC 6376 section 6.1, RFC 8301, RFC 8463). Any
 * thread. Keys are verified with on the thread that brings their record; that takes microseconds for usual keys and
 * some milliseconds for the longest.
 */
public final class DkimVerifier {
    /** Key records tried per signature, in canonical order; there should be one (RFC 6376 section 3.6.2.2). */
    public static final int MAX_KEY_RECORDS = 4;

    /** Characters of key records whose parsed form is kept. */
    private static final long MAX_CACHED_CHARACTERS = 8L << 20;
    /** About what a parsed key takes beside its text. */
    private static final int KEY_OVERHEAD = 1_024;

    private final Dns dns;
    private final DkimSettings settings;
    private final Cache<String, KeyRecord> keys = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((String text, KeyRecord key) -> KEY_OVERHEAD + text.length())
            .executor(Runnable::run)
            .build();

    /** Verifies by RFC 8301. */
    public DkimVerifier(Dns dns) {
        this(dns, DkimSettings.DEFAULTS);
    }

    /** Verifies with other settings. */
    public DkimVerifier(Dns dns, DkimSettings settings) {
        this.dns = dns;
        this.settings = settings;
    }

    /**
     * Judges all signatures of a message.
     *
     * @param at when the message arrived, which x= and t= are held against
     * @return one verdict per signature of the material, in its order; none for a message without signatures. Complete
     *     at once when all keys are cached; it fails only when a query does
     */
    public CompletableFuture<List<DkimResult>> verify(DkimMaterial material, Instant at) {
        List<CompletableFuture<DkimResult>> results = new ArrayList<>();
        for (SignatureMaterial signature : material.signatures()) {
            results.add(verify(signature, at));
        }
        return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
    }

    /** Judges one signature; see {@link #verify(DkimMaterial, Instant)}. */
    public CompletableFuture<DkimResult> verify(SignatureMaterial signature, Instant at) {
        if (signature instanceof Unusable unusable) {
            return done(unusable.status(), unusable.signer(), unusable.reason());
        }
        Complete complete = (Complete) signature;
        if (isExpired(complete, at)) {
            return done(
                    DkimStatus.PERMERROR,
                    complete.signer(),
                    "expired: x= is " + complete.expiresAt().get());
        }
        if (isOfTheFuture(complete, at)) {
            return done(
                    DkimStatus.POLICY,
                    complete.signer(),
                    "signed in the future: t= is " + complete.signedAt().get());
        }
        return verifyWithKey(complete);
    }

    /** True where it makes no difference for any signature which of the two times it is held against. */
    public boolean judgesAlike(DkimMaterial material, Instant one, Instant other) {
        for (SignatureMaterial signature : material.signatures()) {
            if (signature instanceof Complete complete
                    && (isExpired(complete, one) != isExpired(complete, other)
                            || isOfTheFuture(complete, one) != isOfTheFuture(complete, other))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExpired(Complete signature, Instant at) {
        return signature.expiresAt().filter(at::isAfter).isPresent();
    }

    private boolean isOfTheFuture(Complete signature, Instant at) {
        return signature
                .signedAt()
                .filter(start -> at.plus(settings.clockSkew()).isBefore(start))
                .isPresent();
    }

    private static CompletableFuture<DkimResult> done(DkimStatus status, Signer signer, String reason) {
        return CompletableFuture.completedFuture(DkimResult.without(status, signer, reason));
    }

    private CompletableFuture<DkimResult> verifyWithKey(Complete signature) {
        Signer signer = signature.signer();
        Optional<Name> name = keyName(signer.selector(), signer.domain());
        if (name.isEmpty()) {
            return done(DkimStatus.PERMERROR, signer, "key: its name is too long");
        }
        return dns.query(name.get(), Type.TXT).thenApply(answer -> judge(signature, answer));
    }

    /** RFC 6376 section 3.6.2.1. */
    static Optional<Name> keyName(String selector, String domain) {
        try {
            return Optional.of(Name.fromString(selector + "._domainkey." + domain + "."));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    private DkimResult judge(Complete signature, DnsAnswer answer) {
        Signer signer = signature.signer();
        return switch (answer.outcome()) {
            case ANSWER -> judge(signature, answer.records(TXTRecord.class));
            case NODATA, NXDOMAIN ->
                DkimResult.without(DkimStatus.PERMERROR, signer, "key: there is none, " + answer.outcome());
            case SERVFAIL, REFUSED, TIMEOUT, ERROR ->
                DkimResult.without(
                        DkimStatus.TEMPERROR, signer, "key lookup: " + answer.outcome() + ", " + answer.detail());
        };
    }

    /** The first that passes, or else the one that says most: a key that does not fit before no key. */
    private DkimResult judge(Complete signature, List<TXTRecord> records) {
        SignatureJudge judge = new SignatureJudge(signature, settings);
        Optional<DkimResult> best = Optional.empty();
        for (TXTRecord record : tried(records)) {
            DkimResult result = judge.judge(keys.get(text(record), KeyRecordParser::parse));
            if (result.status() == DkimStatus.PASS) {
                return result;
            }
            if (best.isEmpty() || result.keyBits() > best.get().keyBits()) {
                best = Optional.of(result);
            }
        }
        return best.orElseGet(() -> DkimResult.without(DkimStatus.PERMERROR, signature.signer(), "key: no TXT record"));
    }

    private static List<TXTRecord> tried(List<TXTRecord> records) {
        return records.size() <= 1
                ? records
                : records.stream().sorted().limit(MAX_KEY_RECORDS).toList();
    }

    /** The strings of a record with nothing between (RFC 6376 section 3.6.2.2), as Latin-1. */
    static String text(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : record.getStringsAsByteArrays()) {
            text.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
