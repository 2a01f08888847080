package org.slash64.enrichers.dkim;

/**
 * Who claims to have signed, and how. Each text is empty when the signature does not say it or says it wrongly, so that
 * it can be shown as it is.
 *
 * @param domain d=, a domain name in lower case
 * @param selector s=, in lower case
 * @param identity i=, or "@" and d= where there is none; printable ASCII
 * @param algorithm a=, such as {@code rsa-sha256}; letters, digits and hyphens
 */
public record Signer(String domain, String selector, String identity, String algorithm) {
    /** Of a signature that cannot be read. */
    public static final Signer UNKNOWN = new Signer("", "", "", "");
}
