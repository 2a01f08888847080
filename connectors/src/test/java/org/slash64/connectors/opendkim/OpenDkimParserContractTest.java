package org.slash64.connectors.opendkim;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class OpenDkimParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new OpenDkimParser();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                line("4F1A2B3C4D: DKIM verification successful"),
                line("4F1A2B3C4D: s=sel d=example.org a=rsa-sha256 SSL error:04091068:rsa"
                        + " routines:INT_RSA_VERIFY:bad signature"),
                line("4F1A2B3C4D: signature=Ab3xYz domain=example.org selector=sel result=\"no signature"
                        + " error\"; signature=Bc domain=example.net selector=s2 result=\"signature expired\""),
                line("4F1A2B3C4D: bad signature data"),
                line("4F1A2B3C4D: no signature data"),
                line("4F1A2B3C4D: key retrieval failed (s=sel, d=example.org): 'sel._domainkey.example.org'"
                        + " record not found"),
                line("4F1A2B3C4D: mail.example.org [2001:db8::1] not internal"),
                line("4F1A2B3C4D: not authenticated"),
                line("4F1A2B3C4D: external host mail.example.org attempted to send as example.com"),
                line("4F1A2B3C4D: DKIM-Signature field added (s=sel, d=example.org)"),
                line("OpenDKIM Filter v2.11.0 starting (args: -x /etc/opendkim.conf)"));
    }

    private static Sample line(String message) {
        return new Sample("opendkim", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of("signature=", "\" signature=a domain=b selector=c result=\"", "4F1A2B3C4D: ", " (s=", ", d=");
    }
}
