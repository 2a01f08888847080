package org.slash64.enrichers.dkim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hash over the signed fields and the signature field, RFC 6376 sections 3.7 and 5.4.2. */
final class HeaderHash {
    private final Header header;
    private final SignatureTags tags;
    private final MessageDigest digest;

    private HeaderHash(Header header, SignatureTags tags) {
        this.header = header;
        this.tags = tags;
        this.digest = tags.algorithm().digest();
    }

    /**
     * @param signature the signature field itself
     * @param value where the value of b= stands in the field's value
     */
    static Octets of(Header header, SignatureTags tags, HeaderField signature, TagList.Tag value) {
        HeaderHash hash = new HeaderHash(header, tags);
        hash.addSigned(signature);
        hash.add(tags.headerCanonicalization().canonicalize(signature.without(value.start(), value.end())));
        return Octets.of(hash.digest.digest());
    }

    /** Of fields with the same name the lowest first; a name that has no field left stands for nothing. */
    private void addSigned(HeaderField signature) {
        Map<String, Integer> left = new HashMap<>();
        for (String name : tags.headers()) {
            List<HeaderField> fields = header.named(name);
            int next = left.getOrDefault(name, fields.size()) - 1;
            // the field that is being verified was not there yet when it was signed; a copy of it hashes alike
            if (next >= 0 && fields.get(next).equals(signature)) {
                next--;
            }
            if (next >= 0) {
                add(tags.headerCanonicalization().canonicalize(fields.get(next)));
                add("\r\n");
            }
            left.put(name, Math.max(next, 0));
        }
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
