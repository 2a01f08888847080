package org.slash64.deploy.check;

/** What is looked at; {@code docs/check.md} has a line for each. */
public enum CheckKind {
    ADDRESS("address"),
    INTERFACE_ID("interface-id"),
    PTR("ptr"),
    FCRDNS("fcrdns"),
    GENERIC_NAME("generic-name"),
    HELO("helo"),
    HELO_SPF("helo-spf"),
    SPF_RECORD("spf-record"),
    SPF_TERMS("spf-terms"),
    SPF_VOID("spf-void"),
    SPF_OTHERS("spf-others"),
    SPF("spf"),
    DKIM_KEY("dkim-key"),
    DKIM_ED25519("dkim-ed25519"),
    MX("mx"),
    MX_HOST("mx-host"),
    MX_ORDER("mx-order"),
    MX_FALLBACK("mx-fallback");

    private final String text;

    CheckKind(String text) {
        this.text = text;
    }

    /** As commands show it. */
    public String text() {
        return text;
    }
}
