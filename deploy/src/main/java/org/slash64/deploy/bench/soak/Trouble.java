package org.slash64.deploy.bench.soak;

/** What befalls the program in a soak, each once in the same place of the run, however long that is. */
enum Trouble {
    /** An instance is killed, and started again at the end. Early, so that the other one keeps its tasks for the rest. */
    INSTANCE_KILL("instance kill", 0.10, 0.12),
    /** No question is answered. */
    DNS_OUTAGE("DNS outage", 0.32, 0.39),
    /** Every answer comes late, within the time that a look-up has. */
    DNS_SLOW("slow DNS", 0.44, 0.51),
    /** More events at once than may wait for look-ups, while answers come late. */
    FULL_QUEUE("full queue", 0.56, 0.62),
    /** The broker is stopped and started again. */
    BROKER_RESTART("broker restart", 0.68, 0.68),
    /** A logging host's clock goes ahead by an hour. */
    CLOCK_AHEAD("clock step ahead", 0.78, 0.83),
    /** And then back by more than that, before it is right again. */
    CLOCK_BEHIND("clock step back", 0.83, 0.88);

    private final String words;
    private final double from;
    private final double to;

    Trouble(String words, double from, double to) {
        this.words = words;
        this.from = from;
        this.to = to;
    }

    /** Where in the run it begins, from 0 to 1. */
    double from() {
        return from;
    }

    /** Where it ends; where it begins if it is over at once. */
    double to() {
        return to;
    }

    /** Its name for people. */
    String words() {
        return words;
    }

    /** Whether it lasts. */
    boolean lasts() {
        return to > from;
    }
}
