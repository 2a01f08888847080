package org.slash64.connectors.postfix;

import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.MtaParser;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;

/**
 * Reads what Postfix 2.x and 3.x log about receiving mail: the lines of smtpd, cleanup and qmgr. The program is
 * {@code NAME/daemon} with any name, since {@code syslog_name} may be set per instance and per service; what stands
 * between name and daemon belongs to the service ({@code postfix/submission/smtpd}).
 */
public final class PostfixParser implements MtaParser {

    @Override
    public String mta() {
        return "postfix";
    }

    @Override
    public SmtpFact parse(LogLine line) {
        String program = line.program();
        int slash = program.indexOf('/');
        if (slash <= 0) {
            return new Ignored(Why.OTHER_PROGRAM);
        }
        String service = program.substring(slash + 1);
        return switch (service.substring(service.lastIndexOf('/') + 1)) {
            case "smtpd" -> SmtpdLines.parse(service, line.message());
            case "cleanup" -> CleanupLines.parse(service, line.message());
            case "qmgr", "oqmgr" -> QmgrLines.parse(line.message());
            case "postsuper" -> QmgrLines.removed(line.message());
            default -> new Ignored(program.startsWith("postfix") ? Why.NOT_RECEPTION : Why.OTHER_PROGRAM);
        };
    }
}
