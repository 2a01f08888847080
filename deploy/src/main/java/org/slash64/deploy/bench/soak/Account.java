package org.slash64.deploy.bench.soak;

/**
 * Whether what went in came out, thing by thing.
 *
 * @param name of what is compared
 * @param expected how many there should be
 * @param found how many there are
 * @param missing of those that should be
 * @param surplus those that should not be, or came more than once
 */
record Account(String name, long expected, long found, long missing, long surplus) {

    /** How many are not accounted for. */
    long unaccounted() {
        return missing + surplus;
    }
}
