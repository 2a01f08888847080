package org.slash64.connectors.allowlist;

import java.util.List;

/** An allowlist file is not what it should be. */
public final class AllowlistException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    AllowlistException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Each as {@code FILE:LINE: what is wrong; what to write instead}, in the order of the file. */
    public List<String> mistakes() {
        return mistakes;
    }
}
