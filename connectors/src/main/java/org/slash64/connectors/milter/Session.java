package org.slash64.connectors.milter;

import java.time.Instant;
import java.util.Optional;
import org.slash64.schemas.Address;

/**
 * An SMTP session as the mail server tells of it. Texts have at most 1,000 characters and no control characters; empty is
 * what the mail server does not tell.
 *
 * @param id of the session, 32 hex digits, no two alike
 * @param connected when the mail server told of the client, by this machine's clock
 * @param host the mail server's own name: the macro {@code j}
 * @param daemon {@code {daemon_name}}: in Postfix the value of {@code milter_macro_daemon_name}
 * @param daemonPort {@code {daemon_port}}: the port at which the client came, 0 where the mail server does not tell
 * @param client the client's address; empty for mail of local programs and unknown clients
 * @param port the client's port, 0 where unknown
 * @param clientName the client's host name where the mail server trusts it
 * @param ptrName {@code {client_ptr}}: the name in the client's PTR record, which nobody confirmed
 * @param helo argument of HELO or EHLO, the last
 * @param tlsVersion {@code {tls_version}} of an encrypted session
 * @param tlsSubject {@code {cert_subject}} of the client's certificate, whether trusted or not
 */
public record Session(
        String id,
        Instant connected,
        Optional<String> host,
        Optional<String> daemon,
        int daemonPort,
        Optional<Address> client,
        int port,
        Optional<String> clientName,
        Optional<String> ptrName,
        Optional<String> helo,
        Optional<String> tlsVersion,
        Optional<String> tlsSubject) {}
