package org.slash64.connectors.shipper;

import java.util.List;

/**
 * One line of Postfix as shippers send it. Those of rsyslog and syslog-ng were taken from the programs; the others follow
 * the examples in their documentation, the line put in.
 *
 * @param shipper what sent it, and how it was set up
 * @param record the record's value
 */
record ShipperRecord(String shipper, String record) {

    private static final String FULL =
            "2026-11-16T08:00:01.123456+00:00 mx1.example.org postfix/smtpd[123]: connect from a.example.org[2001:db8::1]";
    private static final String TRADITIONAL =
            "Nov 16 08:00:01 mx1.example.org postfix/smtpd[123]: connect from a.example.org[2001:db8::1]";

    static final List<ShipperRecord> ALL = List.of(
            new ShipperRecord("rsyslog, RSYSLOG_FileFormat", FULL),
            new ShipperRecord("rsyslog, RSYSLOG_TraditionalFileFormat", TRADITIONAL),
            new ShipperRecord("rsyslog, RSYSLOG_ForwardFormat", "<22>" + FULL),
            new ShipperRecord("rsyslog, RSYSLOG_TraditionalForwardFormat", "<22>" + TRADITIONAL),
            new ShipperRecord(
                    "rsyslog, RSYSLOG_SyslogProtocol23Format",
                    "<22>1 2026-11-16T08:00:01.123456+00:00 mx1.example.org postfix/smtpd 123 - -  connect from a.example.org[2001:db8::1]"),
            new ShipperRecord(
                    "rsyslog, RSYSLOG_FileFormat of a line received as RFC 5424",
                    "2026-11-16T08:00:01.123456Z mx1.example.org postfix/smtpd[123] connect from a.example.org[2001:db8::1]"),
            new ShipperRecord("rsyslog, jsonmesg", """
                    { "msg": " connect from a.example.org[2001:db8::1]", "rawmsg": "<22>Nov 16 08:00:01 mx1.example.org \
                    postfix\\/smtpd[123]: connect from a.example.org[2001:db8::1]", "timereported": "2026-11-16T08:00:01+00:00", \
                    "hostname": "mx1.example.org", "syslogtag": "postfix\\/smtpd[123]:", "inputname": "imudp", "fromhost": \
                    "localhost", "fromhost-ip": "127.0.0.1", "pri": "22", "syslogfacility": "2", "syslogseverity": "6", \
                    "timegenerated": "2026-11-23T23:19:40.077908+00:00", "programname": "postfix", "protocol-version": "0", \
                    "structured-data": "-", "app-name": "postfix", "procid": "123", "msgid": "-", "uuid": null, "$!": null }
                    """),
            new ShipperRecord("rsyslog, jsonmesg of a line read by imfile", """
                    { "msg": "2026-11-16T08:00:01.123456+00:00 mx1 postfix\\/smtpd[123]: connect from a.example.org[2001:db8::1]", \
                    "rawmsg": "2026-11-16T08:00:01.123456+00:00 mx1 postfix\\/smtpd[123]: connect from a.example.org[2001:db8::1]", \
                    "timereported": "2026-11-23T23:19:36.949536+00:00", "hostname": "vm", "syslogtag": "mail", "inputname": \
                    "imfile", "fromhost": "", "fromhost-ip": "", "pri": "133", "syslogfacility": "16", "syslogseverity": "5", \
                    "timegenerated": "2026-11-23T23:19:36.949536+00:00", "programname": "mail", "protocol-version": "0", \
                    "structured-data": "-", "app-name": "mail", "procid": "-", "msgid": "-", "uuid": null, "$!": { "metadata": \
                    { "filename": "\\/tmp\\/in.log", "fileoffset": "0" } } }
                    """),
            new ShipperRecord("rsyslog, list template with names of properties", """
                    {"timereported":"2026-11-16T08:00:01+00:00", "hostname":"mx1.example.org", "syslogtag":"postfix\\/smtpd[123]:", \
                    "programname":"postfix", "procid":"123", "msg":" connect from a.example.org[2001:db8::1]"}
                    """),
            new ShipperRecord("rsyslog, list template with other names", """
                    {"@timestamp":"2026-11-16T08:00:01+00:00", "host":"mx1.example.org", "program":"postfix\\/smtpd", \
                    "pid":"123", "message":"connect from a.example.org[2001:db8::1]"}
                    """),
            new ShipperRecord("rsyslog, template for Logstash", """
                    {"@timestamp":"2026-11-16T08:00:01.123456+00:00","@version":"1","message":" connect from \
                    a.example.org[2001:db8::1]","sysloghost":"mx1","severity":"info","facility":"mail","programname":\
                    "postfix/smtpd","procid":"123"}
                    """),
            new ShipperRecord(
                    "a container's log as the kubelet writes it",
                    "2026-11-16T08:00:09.512345678Z stdout F " + TRADITIONAL),
            new ShipperRecord("syslog-ng, its default", FULL + "\n"),
            new ShipperRecord("syslog-ng, format-json of rfc5424 and nv-pairs", """
                    {"SOURCE":"s","PROGRAM":"postfix/smtpd","PRIORITY":"notice","PID":"123","MESSAGE":"connect from \
                    a.example.org[2001:db8::1]","LEGACY_MSGHDR":"postfix/smtpd[123]: ","HOST_FROM":"vm","HOST":"mx1","FILE_NAME":\
                    "/tmp/in.log","FACILITY":"user","DATE":"Nov 16 08:00:01"}
                    """),
            new ShipperRecord("syslog-ng, format-json with ISODATE", """
                    {"PROGRAM":"postfix/smtpd","PRIORITY":"notice","PID":"123","MESSAGE":"connect from \
                    a.example.org[2001:db8::1]","ISODATE":"2026-11-16T08:00:01+00:00","HOST":"mx1.example.org","FACILITY":"user"}
                    """),
            new ShipperRecord("journalctl -o json", """
                    {"_SOURCE_REALTIME_TIMESTAMP":"1794816001123456","__REALTIME_TIMESTAMP":"1794816002987654",\
                    "__MONOTONIC_TIMESTAMP":"98694000446","_HOSTNAME":"mx1","SYSLOG_IDENTIFIER":"postfix/smtpd","SYSLOG_PID":"123",\
                    "_PID":"123","_COMM":"smtpd","_TRANSPORT":"syslog","PRIORITY":"6","SYSLOG_FACILITY":"2","SYSLOG_TIMESTAMP":\
                    "Nov 16 08:00:01 ","MESSAGE":"connect from a.example.org[2001:db8::1]","_SYSTEMD_UNIT":"postfix@-.service"}
                    """),
            new ShipperRecord("Vector, source syslog", """
                    {"appname":"postfix/smtpd","facility":"mail","host":"mx1.example.org","hostname":"mx1.example.org","message":\
                    "connect from a.example.org[2001:db8::1]","procid":123,"severity":"info","source_ip":"192.0.2.9","source_type":\
                    "syslog","timestamp":"2026-11-16T08:00:01.123456Z"}
                    """),
            new ShipperRecord("Vector, source file", """
                    {"file":"/var/log/mail.log","host":"collector","message":"%s","source_type":"file","timestamp":\
                    "2026-11-16T08:00:05.555555555Z"}
                    """.formatted(FULL)),
            new ShipperRecord("Vector, source journald", """
                    {"PRIORITY":"6","SYSLOG_FACILITY":"2","SYSLOG_IDENTIFIER":"postfix/smtpd","SYSLOG_PID":"123","_BOOT_ID":\
                    "124c781146e841ae8d9b4590df8b9231","_PID":"123","_SOURCE_REALTIME_TIMESTAMP":"1794816001123456",\
                    "__MONOTONIC_TIMESTAMP":"98694000446","__REALTIME_TIMESTAMP":"1794816002000443","host":"mx1","message":\
                    "connect from a.example.org[2001:db8::1]","source_type":"journald","timestamp":"2026-11-16T08:00:01.123456Z"}
                    """),
            new ShipperRecord("Vector, codec text", TRADITIONAL),
            new ShipperRecord("Filebeat, filestream", """
                    {"@timestamp":"2026-11-16T08:00:09.512Z","@metadata":{"beat":"filebeat","type":"_doc","version":"8.15.0"},\
                    "log":{"offset":0,"file":{"path":"/var/log/mail.log","device_id":"2049","inode":"5"}},"message":"%s","input":\
                    {"type":"filestream"},"ecs":{"version":"8.0.0"},"host":{"name":"collector","hostname":"collector","os":{"name":\
                    "Debian GNU/Linux","family":"debian"},"ip":["192.0.2.9"]},"agent":{"type":"filebeat","version":"8.15.0","name":\
                    "collector","id":"5e6dc8fe"}}
                    """.formatted(FULL)),
            new ShipperRecord("Filebeat, processor syslog", """
                    {"@timestamp":"2026-11-16T08:00:01.123Z","@metadata":{"beat":"filebeat","type":"_doc","version":"8.15.0"},"log":\
                    {"syslog":{"priority":22,"facility":{"code":2,"name":"mail"},"severity":{"code":6,"name":"Informational"},\
                    "hostname":"mx1.example.org","appname":"postfix/smtpd","procid":"123","version":1},"source":{"address":\
                    "192.0.2.9:5140"}},"message":"connect from a.example.org[2001:db8::1]","host":{"name":"collector"},"input":\
                    {"type":"udp"}}
                    """),
            new ShipperRecord("Filebeat, input syslog", """
                    {"@timestamp":"2026-11-16T08:00:01.000Z","@metadata":{"beat":"filebeat","type":"_doc","version":"7.17.0",\
                    "truncated":false},"message":"connect from a.example.org[2001:db8::1]","hostname":"mx1.example.org","process":\
                    {"pid":123,"program":"postfix/smtpd"},"syslog":{"priority":22,"facility":2,"facility_label":"mail"},"event":\
                    {"severity":6},"log":{"source":{"address":"192.0.2.9:5140"}},"host":{"name":"collector","hostname":"collector"}}
                    """),
            new ShipperRecord("Filebeat, input journald", """
                    {"@timestamp":"2026-11-16T08:00:01.123Z","host":{"hostname":"mx1","id":"5e6dc8fe"},"message":\
                    "connect from a.example.org[2001:db8::1]","process":{"name":"smtpd","pid":"123"},"syslog":{"facility":2,\
                    "identifier":"postfix/smtpd","pid":"123","priority":6},"systemd":{"transport":"syslog"},"event":{"kind":"event"}}
                    """),
            new ShipperRecord("Filebeat, module system after its pipeline", """
                    {"@timestamp":"2026-11-16T08:00:01.000Z","ecs.version":"1.0.0","event.dataset":"system.syslog","event.module":\
                    "system","fileset.name":"syslog","host.hostname":"mx1","input.type":"log","log.offset":0,"message":\
                    "connect from a.example.org[2001:db8::1]","process.name":"postfix/smtpd","process.pid":123,"service.type":"system"}
                    """),
            new ShipperRecord("Fluent Bit, tail", """
                    {"@timestamp":1794816009.512345,"log":"%s"}
                    """.formatted(FULL)),
            new ShipperRecord("Fluent Bit, tail of a container", """
                    {"@timestamp":1794816009.512345,"log":"%s\\n","stream":"stdout","time":"2026-11-16T08:00:09.512345678Z"}
                    """.formatted(FULL)),
            new ShipperRecord("Fluent Bit, syslog-rfc3164", """
                    {"@timestamp":1794816001.000000,"pri":"22","time":"Nov 16 08:00:01","host":"mx1.example.org","ident":\
                    "postfix/smtpd","pid":"123","message":"connect from a.example.org[2001:db8::1]"}
                    """),
            new ShipperRecord("Fluent Bit, syslog-rfc5424", """
                    {"@timestamp":1794816001.123456,"pri":"22","time":"2026-11-16T08:00:01.123456Z","host":"mx1.example.org",\
                    "ident":"postfix/smtpd","pid":"123","msgid":"-","extradata":"-","message":"connect from a.example.org[2001:db8::1]"}
                    """),
            new ShipperRecord("Fluentd, in_tail without parser", """
                    {"message":"%s"}
                    """.formatted(TRADITIONAL)),
            new ShipperRecord("Fluentd, in_syslog with the time put in", """
                    {"host":"mx1.example.org","ident":"postfix/smtpd","pid":"123","message":\
                    "connect from a.example.org[2001:db8::1]","time":"2026-11-16T08:00:01.000000000Z"}
                    """),
            new ShipperRecord("Logstash, file", """
                    {"@timestamp":"2026-11-16T08:00:09.512345Z","@version":"1","event":{"original":"%s"},"host":{"name":\
                    "collector"},"log":{"file":{"path":"/var/log/mail.log"}},"message":"%s"}
                    """.formatted(FULL, FULL)),
            new ShipperRecord("Logstash, syslog with ECS", """
                    {"@timestamp":"2026-11-16T08:00:01.000Z","@version":"1","event":{"original":"<22>%s"},"host":{"ip":"192.0.2.9",\
                    "hostname":"mx1.example.org"},"log":{"syslog":{"priority":22,"facility":{"code":2,"name":"mail"},"severity":\
                    {"code":6,"name":"Informational"}}},"process":{"name":"postfix/smtpd","pid":123},"service":{"type":"system"},\
                    "message":"connect from a.example.org[2001:db8::1]"}
                    """.formatted(TRADITIONAL)),
            new ShipperRecord("Logstash, syslog without ECS", """
                    {"@timestamp":"2026-11-16T08:00:01.000Z","@version":"1","facility":2,"facility_label":"mail","host":"192.0.2.9",\
                    "logsource":"mx1.example.org","message":"connect from a.example.org[2001:db8::1]","pid":"123","priority":22,\
                    "program":"postfix/smtpd","severity":6,"severity_label":"Informational","timestamp":"Nov 16 08:00:01"}
                    """));

    @Override
    public String toString() {
        return shipper;
    }
}
