package org.slash64.enrichers.dkim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the tags of one DKIM-Signature field, RFC 6376 sections 3.5 and 6.1.1. */
final class SignatureParser {
    /** RFC 6376 section 3.5 on l=. */
    private static final int MAX_LENGTH_DIGITS = 76;
    /** RFC 6376 section 3.5 on t= and x=; a longer x= may be taken for infinite. */
    private static final int MAX_TIME_DIGITS = 12;
    /** Digits that always fit a long. */
    private static final int LONG_DIGITS = 18;
    /** RFC 5321 section 4.5.3.1.1. */
    private static final int MAX_LOCAL_PART = 64;

    private static final int MAX_ALGORITHM = 40;
    /** Names in h=, twice the fields a header may have by default; each is held in memory. */
    private static final int MAX_NAMES = 20_000;
    /** Characters of q=; there is one method. */
    private static final int MAX_QUERY = 1_000;

    private final TagList tags;

    SignatureParser(TagList tags) {
        this.tags = tags;
    }

    SignatureTags parse() throws DkimSyntaxException {
        if (!tags.required("v").equals("1")) {
            throw new DkimSyntaxException("v= is not 1");
        }
        requireNames();
        requireQueryMethod();
        Optional<Instant> signedAt = time("t").map(Instant::ofEpochSecond);
        Optional<Instant> expiresAt = expiry();
        if (signedAt.isPresent() && expiresAt.isPresent() && !expiresAt.get().isAfter(signedAt.get())) {
            throw new DkimSyntaxException("x= is not after t=");
        }
        return new SignatureTags(
                signer(),
                algorithm(),
                headerCanonicalization(),
                bodyCanonicalization(),
                headers(),
                Octets.of(tags.base64("b")),
                Octets.of(tags.base64("bh")),
                bodyLength(),
                signedAt,
                expiresAt);
    }

    /** What can be said about the signer, also of a signature that breaks the grammar elsewhere. */
    Signer signer() {
        String domain = name("d", DomainSyntax::domain);
        String algorithm = tags.value("a").filter(SignatureParser::isToken).orElse("");
        return new Signer(domain, name("s", DomainSyntax::selector), shownIdentity(domain), algorithm);
    }

    private String name(String tag, Function<String, Optional<String>> syntax) {
        return tags.value(tag).flatMap(syntax).orElse("");
    }

    private Optional<String> identity() {
        return tags.value("i").map(Text::withoutFws);
    }

    private String shownIdentity(String domain) {
        Optional<String> identity = identity();
        if (identity.isEmpty()) {
            return domain.isEmpty() ? "" : "@" + domain;
        }
        String localPart =
                identity.get().substring(0, Math.max(0, identity.get().lastIndexOf('@')));
        return identityDomain(identity.get())
                .map(below -> shown(localPart) + "@" + below)
                .orElse("");
    }

    private static Optional<String> identityDomain(String identity) {
        int at = identity.lastIndexOf('@');
        return at < 0 ? Optional.empty() : DomainSyntax.domain(identity.substring(at + 1));
    }

    /** A local part may be UTF-8 (RFC 8616 section 5); here it is for people alone. */
    private static String shown(String localPart) {
        StringBuilder shown = new StringBuilder();
        localPart.chars().limit(MAX_LOCAL_PART).forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        return shown.toString();
    }

    private static boolean isToken(String text) {
        return text.length() <= MAX_ALGORITHM
                && text.chars().allMatch(c -> Text.isLetter((char) c) || Text.isDigit((char) c) || c == '-');
    }

    private SigningAlgorithm algorithm() throws DkimSyntaxException {
        return SigningAlgorithm.of(tags.required("a"))
                .orElseThrow(() -> new DkimSyntaxException("a= is no known algorithm"));
    }

    private void requireNames() throws DkimSyntaxException {
        String domain = DomainSyntax.domain(tags.required("d"))
                .orElseThrow(() -> new DkimSyntaxException("d= is not a domain name"));
        if (DomainSyntax.selector(tags.required("s")).isEmpty()) {
            throw new DkimSyntaxException("s= is not a selector");
        }
        Optional<String> identity = identity();
        if (identity.isPresent()
                && identityDomain(identity.get())
                        .filter(below -> DomainSyntax.isWithin(below, domain))
                        .isEmpty()) {
            throw new DkimSyntaxException("i= is not within d=");
        }
    }

    /** Methods that nobody knows are passed over; without any other the signature cannot be evaluated. */
    private void requireQueryMethod() throws DkimSyntaxException {
        String methods = tags.value("q").orElse("dns/txt");
        if (methods.length() > MAX_QUERY || !Text.colonList(methods).contains("dns/txt")) {
            throw new DkimSyntaxException("q= has no known method");
        }
    }

    private Canonicalization headerCanonicalization() throws DkimSyntaxException {
        String text = tags.value("c").orElse("simple");
        int slash = text.indexOf('/');
        return canonicalization(slash < 0 ? text : text.substring(0, slash));
    }

    /** Simple where only that of the header is named. */
    private Canonicalization bodyCanonicalization() throws DkimSyntaxException {
        String text = tags.value("c").orElse("simple");
        int slash = text.indexOf('/');
        return canonicalization(slash < 0 ? "simple" : text.substring(slash + 1));
    }

    private static Canonicalization canonicalization(String text) throws DkimSyntaxException {
        return Canonicalization.of(text).orElseThrow(() -> new DkimSyntaxException("c= is no known canonicalization"));
    }

    private List<String> headers() throws DkimSyntaxException {
        String text = tags.required("h");
        if (text.chars().filter(c -> c == ':').count() >= MAX_NAMES) {
            throw new DkimSyntaxException("h= has more than " + MAX_NAMES + " names");
        }
        List<String> names = new ArrayList<>();
        Text.colonList(text).forEach(name -> names.add(Text.lower(name)));
        if (!names.contains("from")) {
            throw new DkimSyntaxException("h= does not have From");
        }
        return names;
    }

    private long bodyLength() throws DkimSyntaxException {
        Optional<String> length = tags.value("l");
        if (length.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return number("l", length.get(), MAX_LENGTH_DIGITS);
    }

    private Optional<Instant> expiry() throws DkimSyntaxException {
        Optional<String> text = tags.value("x");
        if (text.isPresent() && text.get().length() > MAX_TIME_DIGITS) {
            number("x", text.get(), Integer.MAX_VALUE);
            return Optional.empty();
        }
        return time("x").map(Instant::ofEpochSecond);
    }

    private Optional<Long> time(String tag) throws DkimSyntaxException {
        Optional<String> text = tags.value(tag);
        return text.isEmpty() ? Optional.empty() : Optional.of(number(tag, text.get(), MAX_TIME_DIGITS));
    }

    private static long number(String tag, String text, int maxDigits) throws DkimSyntaxException {
        boolean digits = text.chars().allMatch(c -> Text.isDigit((char) c));
        if (text.isEmpty() || !digits || text.length() > maxDigits) {
            throw new DkimSyntaxException(tag + "= is not a number");
        }
        int zeros = 0;
        while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
            zeros++;
        }
        return text.length() - zeros > LONG_DIGITS
                ? Long.MAX_VALUE - 1
                : Long.parseLong(text, zeros, text.length(), 10);
    }
}
