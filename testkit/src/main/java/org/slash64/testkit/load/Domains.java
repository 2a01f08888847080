package org.slash64.testkit.load;

/** The sender domains of a load. */
public final class Domains {

    /** Selectors, and so keys, that all domains have between them. */
    public static final int KEYS = 4;

    private static final String NAME = "sender";
    private static final String SUFFIX = ".example";

    /** Seven of ten domains let the whole space of the load send for them. */
    private static final int TEN = 10;

    private static final int OPEN = 7;

    private Domains() {}

    static String name(int number) {
        return NAME + number + SUFFIX;
    }

    static String selector(int number) {
        return "s" + number % KEYS;
    }

    /** The domain's number; negative for a name that is none. */
    static int number(String name, int domains) {
        if (!name.startsWith(NAME) || !name.endsWith(SUFFIX)) {
            return -1;
        }
        try {
            int number = Integer.parseInt(name, NAME.length(), name.length() - SUFFIX.length(), TEN);
            return number < domains && name(number).equals(name) ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static String spf(int number) {
        return number % TEN < OPEN ? "v=spf1 " + Clients.SPACE + " -all" : "v=spf1 ip4:12.0.0.0/8 ~all";
    }
}
