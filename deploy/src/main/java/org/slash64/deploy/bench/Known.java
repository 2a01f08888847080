package org.slash64.deploy.bench;

/** A rate that needs no measuring, or was measured before. */
public record Known(String label, double rate) implements Side {

    /** What is aimed at, where no other program stands for it. */
    public static Known aim(double rate) {
        return new Known("what is aimed at", rate);
    }

    @Override
    public double round() {
        return rate;
    }
}
