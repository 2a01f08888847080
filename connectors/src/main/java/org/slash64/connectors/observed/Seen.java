package org.slash64.connectors.observed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The JSON of a line. What was not seen is left out; times are ISO 8601 in UTC.
 *
 * @param saw {@link #MESSAGE} or {@link #SESSION}
 * @param session the milter's id of the session
 * @param number of the message in its session
 * @param verdicts as {@link VerdictsJson} writes them
 * @param refused how slash64 refused the message
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Seen(
        String saw,
        String session,
        int number,
        String connected,
        String started,
        String daemon,
        String client,
        String clientName,
        String helo,
        String tls,
        String sasl,
        String queueId,
        @JsonInclude(JsonInclude.Include.NON_NULL) String mailFrom, // empty is the null sender
        Integer recipients,
        String messageId,
        Long size,
        List<String> from,
        List<String> replyTo,
        List<String> sender,
        Dkim dkim,
        @JsonInclude(JsonInclude.Include.NON_NULL) JsonNode verdicts,
        Refused refused) {

    static final String MESSAGE = "message";
    static final String SESSION = "session";

    record Refused(int code, String status, String text) {}

    record Dkim(int fromFields, int passedOver, List<Signature> signatures) {}

    /**
     * Tags by their names in RFC 6376 section 3.5, and what the message comes to; bytes are Base64.
     *
     * @param hash of the header; null where there is nothing to verify
     * @param body hash of the body
     * @param unsigned bytes of the body after those that l= covers
     * @param policy true where a limit of the receiver is why there is nothing to verify
     * @param reason why there is nothing to verify
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Signature(
            String d,
            String s,
            String i,
            String a,
            String hash,
            String body,
            String bh,
            String b,
            Long t,
            Long x,
            Long unsigned,
            Boolean policy,
            String reason) {}
}
