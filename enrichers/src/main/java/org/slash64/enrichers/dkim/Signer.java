package org.slash64.enrichers.dkim;

/**
 * Who claims to have signed, and how. Each text is empty when the signature does not say it or says it wrongly, so that
 * it can be shown as it is.
 *
 * @param domain d=, a domain name in lower case and A-labels
 * @param selector s=, in lower case and A-labels
 * @param identity i= with its domain in lower case and A-labels, or "@" and d= where there is none; printable ASCII, with
 *     question marks for what else the local part has
 * @param algorithm a=, such as {@code rsa-sha256}; letters, digits and hyphens
 */
public record Signer(String domain, String selector, String identity, String algorithm) {
    /** Of a signature that cannot be read. */
    public static final Signer UNKNOWN = new Signer("", "", "", "");
}
