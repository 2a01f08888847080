package org.slash64.connectors.haraka;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/**
 * Reads what Haraka 2.8 to 3.x logs at the level INFO, in its formats default and logfmt: its core, and the plugins whose
 * verdicts an event has a place for. One process serves all sessions; their ids are the connections' UUIDs, and a message's
 * queue id is that of its transaction, {@code UUID.1}.
 */
public final class HarakaParser implements LogParser {

    static final String NAME = "haraka";

    @Override
    public String source() {
        return NAME;
    }

    @Override
    public boolean writes(String program) {
        return program.equals(NAME);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        if (!writes(line.program())) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        Entry entry = Entry.of(line.message());
        if (entry == null) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        if (entry.session() == null || entry.origin().startsWith("outbound")) {
            return new Ignored(Why.NOT_RECEPTION);
        }
        return switch (entry.level()) {
            case "DATA", "PROTOCOL", "DEBUG" -> new Ignored(Why.NO_EVENT);
            default -> entry.origin().equals("core") ? CoreLines.parse(entry) : PluginLines.parse(entry);
        };
    }
}
