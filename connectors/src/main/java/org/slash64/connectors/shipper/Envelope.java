package org.slash64.connectors.shipper;

import java.time.Instant;
import org.slash64.connectors.log.SyslogTag;

/**
 * What a shipper tells of a line.
 *
 * @param message never empty; the whole line where the shipper did not split it
 * @param host null where it is not told
 * @param time null where it is not told
 * @param writer without a program where none is told
 */
record Envelope(String message, String host, Instant time, SyslogTag writer) {}
