package org.slash64.deploy.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.deploy.report.LineShapes.Counted;
import org.slash64.deploy.report.LineShapes.Shape;

class LineShapesTest {

    private final LineShapes shapes = new LineShapes();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connect from mail.example.org[192.0.2.1]          | connect from DOMAIN[IP]
            client [2001:DB8::1]:25, via ::1                  | client [IP]:N, via IP
            client [IPv6:2001:db8::1] and ::ffff:192.0.2.1.   | client [IP] and IP.
            4F8B2C0D1A: from=<a.b+c@example.org>, size=12345  | ID: from=<ADDRESS>, size=N
            3xyz9AbCdEf0 at 08:00:01 took 1.5s                | ID at N took N.Ns
            TLSv1.3 with cipher AES256 (256/256 bits)         | TLSvN.N with cipher AESN (N bits)
            deadbeef decade facade added                      | deadbeef decade facade added
            user=<>, helo=<[192.0.2.1]>                       | user=<>, helo=<[IP]>
            smtpd_tls_loglevel is 2                           | smtpd_tls_loglevel is N
            """)
    void shape_masksWhatDiffers(String line, String shape) {
        assertThat(LineShape.of(line)).isEqualTo(shape);
    }

    @Test
    void shape_ofALongLine_isCut() {
        assertThat(LineShape.of("x ".repeat(50_000))).hasSizeLessThan(260).endsWith(" ...");
        assertThat(LineShape.of(":".repeat(300))).hasSizeLessThan(260);
    }

    @Test
    void add_countsAlikeLinesTogether_theMostFrequentFirst() {
        shapes.add("why", "once");
        shapes.add("why", "number 1");
        shapes.add("why", "number 22");
        shapes.add("another", "number 3");
        assertThat(shapes.top(2))
                .containsExactly(
                        new Counted(new Shape("why", "number N"), 2), new Counted(new Shape("another", "number N"), 1));
        assertThat(shapes.beside(2)).isEqualTo(1);
    }

    @Test
    void add_moreShapesThanHaveRoom_keepsTheFrequentOnes() {
        int lines = 5 * LineShapes.MAX_SHAPES;
        IntStream.range(0, lines).forEach(i -> {
            shapes.add("why", "frequent");
            shapes.add("why", letters(i));
        });
        assertThat(shapes.top(1)).containsExactly(new Counted(new Shape("why", "frequent"), lines));
        assertThat(shapes.top(Integer.MAX_VALUE)).hasSizeLessThanOrEqualTo(LineShapes.MAX_SHAPES);
        assertThat(shapes.beside(1)).isEqualTo(lines);
    }

    private static String letters(int number) {
        return number == 0 ? "x" : (char) ('g' + number % 10) + letters(number / 10);
    }
}
