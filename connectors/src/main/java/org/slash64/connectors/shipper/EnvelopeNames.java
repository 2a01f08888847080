package org.slash64.connectors.shipper;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How shippers name the parts of a line in JSON, the best name of each part first. A dot stands for an object within an
 * object or for itself: {@code {"host":{"name":…}}} and {@code {"host.name":…}} are the same.
 *
 * <p>Names that tell what stood in the line go before those that tell of the shipper. Sources: systemd's journal-fields(7);
 * rsyslog's message properties; syslog-ng's macros; Vector's sources syslog, file and journald; the Elastic Common Schema
 * and the inputs of Filebeat and Logstash; the parsers that come with Fluent Bit and Fluentd.
 */
final class EnvelopeNames {

    /** The parts of a line. */
    enum Part {
        MESSAGE,
        HOST,
        TIME,
        PROGRAM,
        PID
    }

    /** Which part a name stands for, and how many names of that part are better. */
    record Meaning(Part part, int rank) {}

    private static final List<String> MESSAGE = List.of("MESSAGE", "message", "msg", "log", "rawmsg", "event.original");

    private static final List<String> HOST = List.of(
            "log.syslog.hostname", // Filebeat's processor and Elastic's inputs
            "logsource", // Logstash without ECS, where host is the sender's address
            "_HOSTNAME",
            "kubernetes.pod_name", // Fluent Bit and Fluentd; the pod is what logs, not the node
            "kubernetes.pod.name", // Filebeat
            "hostname", // rsyslog, Vector, Filebeat's input
            "sysloghost", // as templates for rsyslog have it that are handed around
            "HOST",
            "host.hostname", // Logstash with ECS, Filebeat's journald
            "host",
            "host.name",
            "agent.hostname",
            "beat.hostname");

    /** A stamp as it stood in the line goes before one that a shipper made when it read the line. */
    private static final List<String> TIME = List.of(
            "_SOURCE_REALTIME_TIMESTAMP", // what syslog daemons take, too; the other is when the journal stored it
            "__REALTIME_TIMESTAMP",
            "timereported",
            "ISODATE",
            "timestamp",
            "time",
            "@timestamp",
            "date",
            "DATE");

    private static final List<String> PROGRAM = List.of(
            "syslogtag", // rsyslog's other names end at the first slash
            "SYSLOG_IDENTIFIER",
            "log.syslog.appname",
            "syslog.identifier",
            "appname",
            "app-name",
            "PROGRAM",
            "program",
            "ident",
            "process.program",
            "process.name",
            "programname",
            "_COMM",
            "_TRANSPORT", // records of the kernel and of the audit have nothing else
            "systemd.transport");

    private static final List<String> PID = List.of(
            "SYSLOG_PID",
            "log.syslog.procid",
            "syslog.pid",
            "procid",
            "PID",
            "pid",
            "process.pid",
            "process.entity_id",
            "_PID",
            "journald.pid");

    private static final Map<String, Meaning> MEANINGS = meanings();
    private static final Set<String> PARENTS = parents(MEANINGS.keySet());

    private EnvelopeNames() {}

    /** What a path of names stands for; null where it is of no interest. */
    static Meaning meaning(String path) {
        return MEANINGS.get(path);
    }

    /** True where an object of this path may hold names of interest. */
    static boolean isParent(String path) {
        return PARENTS.contains(path);
    }

    /** The names of a part, for messages. */
    static List<String> of(Part part) {
        return switch (part) {
            case MESSAGE -> MESSAGE;
            case HOST -> HOST;
            case TIME -> TIME;
            case PROGRAM -> PROGRAM;
            case PID -> PID;
        };
    }

    private static Map<String, Meaning> meanings() {
        Map<String, Meaning> meanings = new HashMap<>();
        for (Part part : Part.values()) {
            List<String> names = of(part);
            for (int rank = 0; rank < names.size(); rank++) {
                meanings.put(names.get(rank), new Meaning(part, rank));
            }
        }
        return Map.copyOf(meanings);
    }

    private static Set<String> parents(Set<String> paths) {
        Set<String> parents = new HashSet<>();
        for (String path : paths) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                parents.add(path.substring(0, dot));
            }
        }
        return Set.copyOf(parents);
    }
}
