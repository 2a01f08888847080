package org.slash64.deploy.it;

import java.util.Optional;

/** syslog-ng with kafka-c: a file as it is, and a network source. */
class SyslogNgIT extends ShipperContract {

    @Override
    Optional<LogShipper> shipper() throws Exception {
        return LogShipper.syslogNg();
    }
}
