package org.slash64.deploy.bench.dns;

import java.io.IOException;

/**
 * The figures of a dnsperf run that count here.
 *
 * @param completed answers
 * @param lost queries without an answer
 * @param noerror answers of RCODE NOERROR
 * @param perSecond answers a second
 */
record DnsperfReport(long completed, long lost, long noerror, double perSecond) {

    /**
     * Reads what dnsperf prints.
     *
     * @throws IOException when a figure is missing
     */
    static DnsperfReport parse(String text) throws IOException {
        return new DnsperfReport(
                (long) figure(text, "Queries completed:"),
                (long) figure(text, "Queries lost:"),
                (long) figure(text, "Response codes:", "NOERROR"),
                figure(text, "Queries per second:"));
    }

    /** The number after these words, one after the other. */
    private static double figure(String text, String... words) throws IOException {
        int at = 0;
        for (String word : words) {
            int found = text.indexOf(word, at);
            if (found < 0) {
                throw new IOException("dnsperf printed no \"" + word + "\": " + text.strip());
            }
            at = found + word.length();
        }
        String rest = text.substring(at).stripLeading();
        String number = rest.substring(0, digits(rest));
        if (number.isEmpty()) {
            throw new IOException("dnsperf printed no number after \"" + String.join(" ", words) + "\"");
        }
        return Double.parseDouble(number);
    }

    private static int digits(String text) {
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }
}
