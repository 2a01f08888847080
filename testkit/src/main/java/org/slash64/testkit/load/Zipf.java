package org.slash64.testkit.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws numbers from 0 on by Zipf's law: the second comes half as often as the first, the third a third as often. */
final class Zipf {

    /** Chance that a number, or one before it, is drawn. */
    private final double[] upTo;

    Zipf(int numbers) {
        upTo = new double[numbers];
        double sum = 0;
        for (int i = 0; i < numbers; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        for (int i = 0; i < numbers; i++) {
            upTo[i] /= sum;
        }
    }

    int draw(SplittableRandom random) {
        int place = Arrays.binarySearch(upTo, random.nextDouble());
        return Math.min(place < 0 ? -place - 1 : place, upTo.length - 1);
    }
}
