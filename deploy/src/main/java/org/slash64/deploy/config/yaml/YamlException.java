package org.slash64.deploy.config.yaml;

import java.util.List;

/** A file is not what it should be. */
public final class YamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    YamlException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = mistakes;
    }

    /** Each as {@code FILE:LINE: PATH: what is wrong; what to write instead}, in the order of the file. */
    public List<String> mistakes() {
        return mistakes;
    }
}
