package org.slash64.connectors.log;

/** Comments in header fields (RFC 5322 section 3.2.2). */
public final class HeaderComments {

    private HeaderComments() {}

    /**
     * The place behind a comment. Comments nest; a backslash takes the meaning from what follows it.
     *
     * @param start place of its opening parenthesis
     * @return -1 where the comment does not end
     */
    public static int end(String text, int start) {
        int depth = 0;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }
}
