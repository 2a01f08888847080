package org.slash64.enrichers.dns;

import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/** The transports of one client, in place of dnsjava's, which all clients of a program share. */
final class OwnTransport implements IoClientFactory {
    private final UdpTransport udp;
    private final TcpTransport tcp;

    OwnTransport(EventLoop loop, List<InetSocketAddress> servers, DnsLimits limits, Counters counters) {
        int places = 2 * limits.maxInFlight(); // a query whose question's deadline has passed ends a little later
        this.udp = new UdpTransport(loop, servers, places, SocketLimits.forInFlight(places), counters.udp);
        this.tcp = new TcpTransport(loop, places, counters.overTcp);
    }

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return udp;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return tcp;
    }
}
