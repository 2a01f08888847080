package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class QuestionTest {

    private static Question question(String name, int type) {
        return new Question(Name.fromConstantString(name), type);
    }

    /** dnsjava takes each byte for nine times the one after it, and so "aj" for "ba". */
    @Test
    void compareTo_namesOfOneHash_haveAnOrder() {
        Question one = question("aj.example.", Type.A);
        Question other = question("ba.example.", Type.A);
        assertThat(one).hasSameHashCodeAs(other).isNotEqualTo(other).isLessThan(other);
        assertThat(other).isGreaterThan(one);
    }

    @Test
    void compareTo_goesByTypeAfterTheNameInAnyCase() {
        Question lower = question("a.example.", Type.A);
        assertThat(lower)
                .isEqualByComparingTo(question("A.Example.", Type.A))
                .isEqualTo(question("A.Example.", Type.A));
        assertThat(lower).isLessThan(question("a.example.", Type.TXT)).isLessThan(question("b.example.", Type.A));
    }
}
