package org.slash64.deploy.bench;

/** What is aimed at, where no other program stands for it. */
public record Aim(double rate) implements Side {

    @Override
    public String label() {
        return "what is aimed at";
    }

    @Override
    public double round() {
        return rate;
    }
}
