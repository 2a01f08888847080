package org.slash64.connectors.answer;

import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.schemas.Address;

/**
 * What a mail server has told of a session so far. Texts are as the client gave them.
 *
 * @param client empty where it has no address, as with mail from a local program
 * @param loggedIn true where the client authenticated itself by SASL
 * @param service of the mail server, as {@link #service} has it
 * @param helo empty where it was not told
 * @param mailFrom without angle brackets, the empty text for the null sender; empty where it was not told yet
 * @param content of the message; empty where it was not seen
 */
public record Mail(
        Optional<Address> client,
        boolean loggedIn,
        String service,
        Optional<String> helo,
        Optional<String> mailFrom,
        Optional<Content> content) {

    /** RFC 8314 section 3.3. */
    private static final int SUBMISSIONS_PORT = 465;

    /** RFC 6409 section 3.1. */
    private static final int SUBMISSION_PORT = 587;

    /**
     * What the message itself says.
     *
     * @param fromDomains domains of the addresses in the From field
     * @param dkim its signatures, none for a message that has none
     */
    public record Content(List<String> fromDomains, DkimMaterial dkim) {

        /** Copies the list. */
        public Content {
            fromDomains = List.copyOf(fromDomains);
        }
    }

    /**
     * The service by its name and by the port at which the client came.
     *
     * @param name as the mail server calls it, may be empty
     * @param port 0 where it was not told
     */
    public static String service(String name, int port) {
        return switch (port) {
            case SUBMISSIONS_PORT -> "submissions";
            case SUBMISSION_PORT -> "submission";
            default -> name;
        };
    }
}
