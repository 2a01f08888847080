package org.slash64.deploy.bench.soak;

/**
 * By what it is seen that a trouble took hold: where it had none, the run proves nothing.
 *
 * @param of the trouble
 * @param amount of what it did
 * @param least of it
 * @param what is counted
 */
record Effect(String of, long amount, long least, String what) {

    boolean isSeen() {
        return amount >= least;
    }
}
