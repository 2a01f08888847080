package org.slash64.topology.reputation;

/**
 * Between which shares the true share of good outcomes lies at a confidence of 95%, from those that were seen: the score
 * interval of Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22:209-212. It
 * stays sound for few outcomes and for outcomes that are all alike, where the textbook interval has no width.
 *
 * @param lower 0 to 1
 * @param centre the estimate; 0.5 without outcomes
 * @param upper 0 to 1
 */
record WilsonInterval(double lower, double centre, double upper) {

    /** The 97.5% quantile of the normal distribution, for 95% between both ends. */
    private static final double Z = 1.96;

    private static final double Z2 = Z * Z;

    /** The interval for so many outcomes, which may be fractions where evidence has decayed. */
    static WilsonInterval of(double good, double bad) {
        double all = good + bad;
        double variance = all == 0 ? 0 : good * bad / all;
        double centre = (good + Z2 / 2) / (all + Z2);
        double half = Z * StrictMath.sqrt(variance + Z2 / 4) / (all + Z2);
        return new WilsonInterval(Math.max(0, centre - half), centre, Math.min(1, centre + half));
    }

    /** How sure the estimate is: 1 less the width, 0 without outcomes. */
    double confidence() {
        return 1 - (upper - lower);
    }
}
