package org.slash64.enrichers.dkim;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** Reads the text of a key record, RFC 6376 section 3.6.1 and RFC 8463 section 4. The g= of RFC 4871 means nothing. */
final class KeyRecordParser {
    /** The longest key allowed takes 2,800 characters. */
    static final int MAX_LENGTH = 8_192;

    private KeyRecordParser() {}

    static KeyRecord parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new KeyRecord.Unusable("key: more than " + MAX_LENGTH + " characters");
        }
        try {
            return parse(TagList.parse(text));
        } catch (DkimSyntaxException e) {
            return new KeyRecord.Unusable("key: " + e.getMessage());
        }
    }

    private static KeyRecord parse(TagList tags) throws DkimSyntaxException {
        if (!tags.value("v").orElse("DKIM1").equals("DKIM1")) {
            return new KeyRecord.Unusable("key: v= is not DKIM1");
        }
        List<String> services = list(tags, "s");
        if (tags.value("s").isPresent() && !services.contains("*") && !services.contains("email")) {
            return new KeyRecord.Unusable("key: s= is not for mail");
        }
        Optional<String> data = tags.value("p");
        if (data.isPresent() && data.get().isEmpty()) {
            return KeyRecord.REVOKED;
        }
        return key(tags, tags.value("k").orElse("rsa"), tags.base64("p"));
    }

    private static KeyRecord key(TagList tags, String type, byte[] data) throws DkimSyntaxException {
        List<String> hashes = list(tags, "h");
        List<String> flags = list(tags, "t");
        boolean testing = flags.contains("y");
        boolean strict = flags.contains("s");
        return switch (type) {
            case "rsa" -> {
                PublicKey key = PublicKeys.rsa(data);
                yield new KeyRecord.Usable(key, type, PublicKeys.bits(key), hashes, testing, strict);
            }
            case "ed25519" -> {
                PublicKey key = PublicKeys.ed25519(data);
                yield new KeyRecord.Usable(key, type, PublicKeys.bits(key), hashes, testing, strict);
            }
            default -> new KeyRecord.Unusable("key: k= is no known type");
        };
    }

    private static List<String> list(TagList tags, String name) {
        return tags.value(name).map(Text::colonList).orElse(List.of());
    }
}
