package org.slash64.connectors.log;

/** What became of one raw line: its parts, or why it has none. */
public sealed interface ParsedLine permits LogLine, LineError {}
