package org.slash64.deploy.check;

/** How a check ended, best first. */
public enum Grade {
    PASS("pass"),
    /** Mail flows, but less well than it could. */
    WARN("warn"),
    /** Mail may be refused or put off, or DNS could not say. */
    FAIL("fail");

    private final String text;

    Grade(String text) {
        this.text = text;
    }

    /** As commands show it. */
    public String text() {
        return text;
    }
}
