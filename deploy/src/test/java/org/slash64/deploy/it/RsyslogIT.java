package org.slash64.deploy.it;

import java.util.Optional;

/** rsyslog with omkafka: imfile and imudp. */
class RsyslogIT extends ShipperContract {

    @Override
    Optional<LogShipper> shipper() {
        return LogShipper.rsyslog();
    }
}
