package org.slash64.enrichers.spf;

import java.util.function.Function;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.Name;

/** What an evaluation wants next. It never calls on itself, so that a long chain of cached answers takes no stack. */
sealed interface Step {
    /** An answer. */
    record Ask(Name name, int type, Function<DnsAnswer, Step> then) implements Step {}

    /** Nothing; this is the verdict. */
    record Done(SpfResult result) implements Step {}
}
