package org.slash64.enrichers.fcrdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Address;

class GenericNamesTest {
    private static final String CLIENT_4 = "203.0.113.7";
    private static final String CLIENT_6 = "2001:db8:12:3400::a5:25";
    private static final String CLIENT_6_FULL = "2001:db8:12:3400:1c2d:3e4f:5a6b:7c8d";

    private static Set<GenericSign> signs(String name, String client) throws Exception {
        byte[] address = Address.toByteArray(client, client.contains(":") ? Address.IPv6 : Address.IPv4);
        return GenericNames.of(name, InetAddress.getByAddress(address))
                .map(GenericName::signs)
                .orElse(Set.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203-0-113-7.isp.example",
                "ip203-0-113-7.isp.example",
                "203.0.113.7.isp.example",
                "7.113.0.203.isp.example",
                "h7-113-0-203.isp.example",
                "h203x0x113x7.isp.example",
                "203_0_113_7.isp.example",
                "203-000-113-007.isp.example",
                "host203000113007.isp.example",
                "007113000203.isp.example",
                "0-113-7.isp.example",
                "7-113-0.isp.example",
                "c-0-113-7.city.isp.example",
                "pcb007107.isp.example",
                "cb-00-71-07.isp.example",
                "1-203-0-113-7-2.isp.example",
                "203-0-113-7.isp.co.uk",
                "ec2-203-0-113-7.compute-1.amazonaws.com",
                "ec2-203-0-113-7.eu-west-1.compute.amazonaws.com",
                "203-0-113-7"
            })
    void of_ipv4AddressInName_isSign(String name) throws Exception {
        assertThat(signs(name, CLIENT_4)).containsExactly(GenericSign.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.isp.example",
                "mail7.isp.example",
                "113-7.isp.example",
                "203-0-113.isp.example",
                "203-0-113-8.isp.example",
                "203--0--113--7.isp.example",
                "203-0.x113-7.isp.example",
                "1203-10-1113-17.isp.example",
                "0-1137.isp.example",
                "4294967296-0-113.isp.example",
                "203-0-113-7.example",
                "99999999999999999999999999-0-113.isp.example"
            })
    void of_otherNumbers_areNoSign(String name) throws Exception {
        assertThat(signs(name, CLIENT_4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001-db8-12-3400--a5-25.isp.example",
                "2001-0db8-0012-3400-0000-0000-00a5-0025.isp.example",
                "2001-db8-12-3400-0-0-a5-25.isp.example",
                "v6.2001-db8-12-3400.isp.example",
                "0-0-a5-25.cust6.isp.example",
                "x20010db800123400.isp.example",
                "20010db8001234000000000000a50025.isp.example",
                "5.2.0.0.5.a.0.0.0.0.0.0.0.0.0.0.0.0.4.3.2.1.0.0.8.b.d.0.1.0.0.2.isp.example",
                "52005a0000000000.isp.example",
                "0000000000a50025.isp.example"
            })
    void of_ipv6AddressInName_isSign(String name) throws Exception {
        assertThat(signs(name, CLIENT_6)).contains(GenericSign.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1c2d-3e4f-5a6b-7c8d.isp.example",
                "host-1c2d3e4f5a6b7c8d.isp.example",
                "d8c7b6a5f4e3d2c1.isp.example",
                "2001-db8-12-3400-1c2d-3e4f-5a6b-7c8d.isp.example"
            })
    void of_halfOfAnIpv6Address_isSign(String name) throws Exception {
        assertThat(signs(name, CLIENT_6_FULL)).containsExactly(GenericSign.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.isp.example",
                "a5-25.isp.example",
                "2001-db8.isp.example",
                "2001-db8-12-34.isp.example",
                "2001-db8-12-3401--a5-25.isp.example",
                "2001-db8--25.isp.example",
                "2001-db8--a5-25.isp.example",
                "--a5-25.isp.example",
                "2001-db8-12-34000.isp.example",
                "dead-beef-cafe-face.isp.example"
            })
    void of_otherHexadecimalDigits_areNoSign(String name) throws Exception {
        assertThat(signs(name, CLIENT_6)).isEmpty();
    }

    @Test
    void of_zerosAlone_areNoSign() throws Exception {
        assertThat(signs("0-0-0-0.isp.example", "2001:db8:12:3400::")).isEmpty();
        assertThat(signs("0-0-0-0-0-0-0-1.isp.example", "2001:db8::2")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dyn-12.isp.example, DYNAMIC",
        "dynamic.isp.example, DYNAMIC",
        "pool-71.isp.example, DYNAMIC",
        "a.pool.isp.example, DYNAMIC",
        "dhcp7.isp.example, DYNAMIC",
        "dialup3.isp.example, DYNAMIC",
        "ppp12.isp.example, DYNAMIC",
        "adsl-a.isp.example, ACCESS",
        "x.dsl.isp.example, ACCESS",
        "cable1.isp.example, ACCESS",
        "broadband.isp.example, ACCESS",
        "a.customer.isp.example, CUSTOMER",
        "cust12.isp.example, CUSTOMER"
    })
    void of_word_isSign(String name, GenericSign sign) throws Exception {
        assertThat(signs(name, CLIENT_4)).containsExactly(sign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dynamo.isp.example",
                "carpool.isp.example",
                "mail.pool.example",
                "mail.dyn.com",
                "pool.co.uk",
                "custom.isp.example",
                "customs.isp.example",
                "cables.isp.example",
                "apppp.isp.example",
                "static.isp.example",
                "static-12.isp.example",
                ""
            })
    void of_otherWords_areNoSign(String name) throws Exception {
        assertThat(signs(name, CLIENT_4)).isEmpty();
    }

    @Test
    void of_severalSigns_areAllThere() throws Exception {
        assertThat(signs("static-203-0-113-7.cust.dsl.isp.example", CLIENT_4))
                .containsExactly(GenericSign.ADDRESS, GenericSign.ACCESS, GenericSign.CUSTOMER, GenericSign.STATIC);
    }

    @Test
    void of_reason_namesTheWords() throws Exception {
        InetAddress client = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7});
        assertThat(GenericNames.of("dsl-203-0-113-7.isp.example", client)
                        .orElseThrow()
                        .reason())
                .isEqualTo("the address, a word for access lines (dsl)");
    }

    @Test
    void of_hostileNames_areRead() throws Exception {
        Random random = new Random(64);
        String alphabet = "0123456789abcdefgx-._\\\u00e9";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(300), 0, alphabet.length()).forEach(at -> name.append(alphabet.charAt(at)));
            assertThat(signs(name.toString(), i % 2 == 0 ? CLIENT_4 : CLIENT_6_FULL))
                    .doesNotContain(GenericSign.ADDRESS);
        }
        assertThat(signs("-".repeat(1_000), CLIENT_6)).isEmpty();
        assertThat(signs("2001-db8--".repeat(100), CLIENT_6)).isEmpty();
    }
}
