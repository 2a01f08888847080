package org.slash64.connectors.postfix;

import java.util.Set;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/**
 * Reads what Postfix 2.x and 3.x log about receiving mail: the lines of smtpd, postscreen, cleanup and qmgr. The program is
 * {@code NAME/daemon} with any name, since {@code syslog_name} may be set per instance and per service; what stands
 * between name and daemon belongs to the service ({@code postfix/submission/smtpd}).
 */
public final class PostfixParser implements LogParser {

    private static final String NAME = "postfix";
    private static final Set<String> DAEMONS = Set.of("smtpd", "cleanup", "qmgr", "oqmgr", "postsuper", "postscreen");

    @Override
    public String source() {
        return NAME;
    }

    @Override
    public boolean writes(String program) {
        int slash = program.indexOf('/');
        return slash > 0 && (program.startsWith(NAME) || DAEMONS.contains(daemon(program)));
    }

    private static String daemon(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    @Override
    public SmtpFact parse(LogLine line) {
        String program = line.program();
        int slash = program.indexOf('/');
        if (slash <= 0) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String service = program.substring(slash + 1);
        return switch (daemon(service)) {
            case "smtpd" -> SmtpdLines.parse(service, line.message());
            case "cleanup" -> CleanupLines.parse(service, line.message());
            case "qmgr", "oqmgr" -> QmgrLines.parse(line.message());
            case "postscreen" -> PostscreenLines.parse(line.message());
            case "postsuper" -> QmgrLines.removed(line.message());
            default -> new Ignored(writes(program) ? Why.NOT_RECEPTION : Why.OTHER_PROGRAM);
        };
    }
}
