package org.slash64.testkit.dns;

import java.time.Duration;

/**
 * A message to send.
 *
 * @param wire the message, without the length that TCP puts before it
 * @param after how long to wait before it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Reply(byte[] wire, Duration after) {}
