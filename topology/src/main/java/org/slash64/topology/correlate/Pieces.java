package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Piece;
import org.slash64.schemas.state.OpenLine;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;
import org.slash64.topology.correlate.LineBuffer.Held;

/** Lines that a program logs in pieces, since they are too long for syslog, put together again. */
final class Pieces {

    /** Lines of one host that are not whole; a process logs one at a time. */
    private static final int MAX_OPEN = 100;

    /** Exim cuts at 870 bytes, and no line of a log is read beyond 64 KiB. */
    private static final int MAX_PIECES = 80;

    /** All pieces of a host are in one record of a store, which Kafka takes up to 1 MiB. */
    private static final int MAX_CHARACTERS = 200_000;

    private final CorrelatorStatistics statistics;

    Pieces(CorrelatorStatistics statistics) {
        this.statistics = statistics;
    }

    /** A line that is whole now, and what it says. */
    record Whole(Moment moment, SmtpFact fact) {}

    /** Takes in a piece; gives the line where it was the last one of it that was missing. */
    Optional<Whole> take(Moment moment, Held held, Piece piece) {
        if (piece.count() < 1 || piece.count() > MAX_PIECES || piece.index() < 1 || piece.index() > piece.count()) {
            statistics.incident(Incident.LINE_INCOMPLETE);
            return Optional.empty();
        }
        List<OpenLine> open = new ArrayList<>(moment.host().getPieces());
        moment.host().setPieces(open);
        OpenLine line = lineOf(open, moment, piece);
        line.getTexts().set(piece.index() - 1, piece.newline() ? piece.text() + '\n' : piece.text());
        if (line.getTexts().contains(null)) {
            makeRoom(open);
            return Optional.empty();
        }
        open.remove(line);
        return Optional.of(whole(moment, held.statement().parser(), line));
    }

    private OpenLine lineOf(List<OpenLine> open, Moment moment, Piece piece) {
        LogLine from = moment.line();
        for (OpenLine line : open) {
            boolean sameProcess =
                    line.getPid() == from.pid() && line.getProgram().equals(from.program());
            if (sameProcess && line.getTexts().size() == piece.count() && isMissing(line, piece)) {
                return line;
            }
        }
        OpenLine fresh = new OpenLine(
                from.program(), from.pid(), moment.time(), new ArrayList<>(Arrays.asList(new String[piece.count()])));
        open.add(fresh);
        return fresh;
    }

    /** The oldest give way. */
    private void makeRoom(List<OpenLine> open) {
        int characters = open.stream().mapToInt(Pieces::characters).sum();
        while (open.size() > MAX_OPEN || characters > MAX_CHARACTERS) {
            characters -= characters(open.remove(0));
            statistics.incident(Incident.LINE_INCOMPLETE);
        }
    }

    private static int characters(OpenLine line) {
        return line.getTexts().stream()
                .mapToInt(text -> text == null ? 0 : text.length())
                .sum();
    }

    private static boolean isMissing(OpenLine line, Piece piece) {
        return line.getTexts().get(piece.index() - 1) == null;
    }

    private static Whole whole(Moment moment, LogParser parser, OpenLine line) {
        LogLine from = moment.line();
        Instant time = line.getTime().isBefore(moment.time()) ? line.getTime() : from.time();
        LogLine whole = new LogLine(time, from.host(), from.program(), from.pid(), String.join("", line.getTexts()));
        return new Whole(moment.completing(whole), parser.parse(whole));
    }
}
