package org.slash64.connectors.milter;

import org.slash64.connectors.socket.ServerStatistics;

/**
 * What a milter did since it started.
 *
 * @param connections those of mail servers
 * @param messages messages seen to their end
 * @param aborted messages begun and not seen to their end
 * @param accepted messages that it let pass unchanged, or with a field of results
 * @param marked messages given a header field that says what was found
 * @param quarantined messages accepted into quarantine
 * @param rejected messages refused for good
 * @param deferred messages refused for now
 * @param sentToIpv4 messages refused with 421
 * @param failedOpen messages let pass because no answer was reached, or not in time
 * @param stale messages let pass because what is known was too old
 * @param unobserved observations that nobody could take
 * @param brokenOff connections ended because the other side did not keep to the protocol or the limits
 * @param heldBytes of headers and unfinished frames, now
 */
public record MilterStatistics(
        ServerStatistics connections,
        long messages,
        long aborted,
        long accepted,
        long marked,
        long quarantined,
        long rejected,
        long deferred,
        long sentToIpv4,
        long failedOpen,
        long stale,
        long unobserved,
        long brokenOff,
        long heldBytes) {}
