package org.slash64.connectors.milter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slash64.connectors.log.HeaderAddresses;
import org.slash64.connectors.log.SafeText;

/** Who a message says it is from, and its id, by its header fields. */
final class Identities {

    /** As many as an event keeps of one kind. */
    private static final int MAX_DOMAINS = 20;

    private final Set<String> from = new LinkedHashSet<>();
    private final Set<String> replyTo = new LinkedHashSet<>();
    private final Set<String> sender = new LinkedHashSet<>();
    private Optional<String> messageId = Optional.empty();

    void take(String name, String value) {
        switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "from" -> addDomains(from, value);
            case "reply-to" -> addDomains(replyTo, value);
            case "sender" -> addDomains(sender, value);
            case "message-id" -> messageId = messageId.or(() -> id(value));
            default -> {
                // says nothing about who sent it
            }
        }
    }

    private static void addDomains(Set<String> domains, String value) {
        for (String domain : HeaderAddresses.domains(value, false)) {
            if (domains.size() < MAX_DOMAINS) {
                domains.add(SafeText.of(domain));
            }
        }
    }

    private static Optional<String> id(String value) {
        String id = value.strip();
        boolean bracketed = id.length() > 2 && id.startsWith("<") && id.endsWith(">");
        return Optional.of(SafeText.of(bracketed ? id.substring(1, id.length() - 1) : id))
                .filter(text -> !text.isEmpty());
    }

    List<String> fromDomains() {
        return List.copyOf(from);
    }

    List<String> replyToDomains() {
        return List.copyOf(replyTo);
    }

    List<String> senderDomains() {
        return List.copyOf(sender);
    }

    Optional<String> messageId() {
        return messageId;
    }
}
