package org.slash64.deploy.bench.policy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.slash64.connectors.answer.Knowledge;
import org.slash64.enrichers.dns.Dns;
import org.slash64.schemas.Address;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Topics;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TXTRecord;

/**
 * What is asked and known, from a seed: listings; clients, 70% of them IPv6 and 20% listed, with names that have their
 * addresses; sender domains whose SPF records let them send.
 */
final class PolicySample {

    static final long SEED = 64;
    static final int LISTINGS = 100_000;
    static final int CLIENTS = 20_000;

    /** Of a hundred. */
    static final int LISTED = 20;

    /** What Postfix asks about a message, one after the other. */
    static final List<String> STATES = List.of("RCPT", "END-OF-MESSAGE");

    /** Local part of senders; the number in it is another for each message, as that of mailing lists is. */
    static final String NUMBERED = "bounces+news-00000000=reader=receiver.example";

    private static final int V6 = 70;
    private static final int NETWORKS = 10;

    private static final int DOMAINS = 1_000;
    private static final int TTL = 3_600;

    private final Random random = new Random(SEED);
    private final Knowledge known = new Knowledge(List.of());
    private final AllInMemory dns = new AllInMemory();
    private final List<byte[]> requests = new ArrayList<>();
    private int listedClients;

    /** @param now when all is known; listings end a day later */
    PolicySample(Instant now) {
        List<Prefix> listed = new ArrayList<>();
        for (int i = 0; i < LISTINGS; i++) {
            listed.add(prefix());
        }
        listed.forEach(prefix -> known.take(Topics.BLOCKLIST.name(), prefix.toString(), listing(prefix, now)));
        known.caughtUp(now);
        for (int i = 0; i < DOMAINS; i++) {
            Name name = Name.fromConstantString(domain(i) + ".");
            dns.put(new TXTRecord(name, DClass.IN, TTL, "v=spf1 ip6:2600::/12 ip4:11.0.0.0/8 -all"));
        }
        for (int i = 0; i < CLIENTS; i++) {
            Address client = random.nextInt(100) < LISTED ? inside(listed.get(random.nextInt(LISTINGS))) : address();
            listedClients += known.listing(client, now).isPresent() ? 1 : 0;
            name(client, i);
            for (String state : STATES) {
                requests.add(request(client, i, state).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** In 2600::/12 or 11.0.0.0/8. */
    private Address address() {
        return random.nextInt(100) < V6
                ? Address.ofV6(0x2600L << 48 | random.nextLong() >>> 12, random.nextLong())
                : Address.ofV4(11 << 24 | random.nextInt(1 << 24));
    }

    private Prefix prefix() {
        Address address = address();
        return random.nextInt(100) < NETWORKS ? Prefix.network(address) : Prefix.finest(address);
    }

    private Address inside(Prefix prefix) {
        Address first = prefix.address();
        return first.v6() ? Address.ofV6(first.high(), random.nextLong()) : first;
    }

    private static Listing listing(Prefix prefix, Instant now) {
        return new Listing(
                prefix.toString(),
                "41 rejections for good and no good mail in 10 minutes",
                null,
                null,
                1,
                now,
                now.plus(Duration.ofDays(1)),
                false);
    }

    private static String domain(int number) {
        return "sender" + number % DOMAINS + ".example";
    }

    private static String host(int number) {
        return "mail" + number + "." + domain(number);
    }

    private void name(Address client, int number) {
        Name host = Name.fromConstantString(host(number) + ".");
        dns.put(new PTRRecord(ReverseMap.fromAddress(client.toInetAddress()), DClass.IN, TTL, host));
        Record address = client.v6()
                ? new AAAARecord(host, DClass.IN, TTL, client.toInetAddress())
                : new ARecord(host, DClass.IN, TTL, client.toInetAddress());
        dns.put(address);
    }

    /** All attributes of Postfix 3.8 (SMTPD_POLICY_README). */
    private static String request(Address client, int number, String state) {
        return String.format(
                Locale.ROOT,
                """
                request=smtpd_access_policy
                protocol_state=%8$s
                protocol_name=ESMTP
                client_address=%1$s
                client_name=%2$s
                client_port=%3$d
                reverse_client_name=%2$s
                server_address=2001:db8:25::25
                server_port=25
                helo_name=%2$s
                sender=%9$s@%5$s
                recipient=reader%4$d@receiver.example
                recipient_count=0
                queue_id=
                instance=%6$x.6924d0c7.%4$x.0
                size=%7$d
                etrn_domain=
                stress=
                sasl_method=
                sasl_username=
                sasl_sender=
                ccert_subject=
                ccert_issuer=
                ccert_fingerprint=
                ccert_pubkey_fingerprint=
                encryption_protocol=TLSv1.3
                encryption_cipher=TLS_AES_256_GCM_SHA384
                encryption_keysize=256
                policy_context=
                compatibility_level=3.8
                mail_version=3.8.6

                """,
                client,
                host(number),
                32_768 + number % 28_000,
                number,
                domain(number),
                4_096 + number % 64,
                2_000 + number,
                state,
                NUMBERED);
    }

    /** What topics would have said. */
    Knowledge known() {
        return known;
    }

    Dns dns() {
        return dns;
    }

    /** How many of the clients a listing holds. */
    int listedClients() {
        return listedClients;
    }

    List<byte[]> requests() {
        return requests;
    }
}
