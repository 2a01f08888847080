package org.slash64.deploy.config.yaml;

/** Kinds of numbers. */
public final class Numbers {

    /** The digits of {@link Long#MAX_VALUE}, and underscores between them. */
    private static final int MOST_DIGITS = 30;

    private Numbers() {}

    /** A whole number in a range, ends included; underscores may part its digits. */
    public static Scalar<Long> wholeNumber(long least, long most) {
        String name = "whole number from " + least + " to " + most;
        return new Scalar<>(name, text -> inRange(number(text), least, most), String::valueOf);
    }

    /** A whole number in a range, ends included. */
    public static Scalar<Integer> count(int least, int most) {
        Scalar<Long> number = wholeNumber(least, most);
        return new Scalar<>(
                number.name(), text -> Math.toIntExact(number.parser().apply(text)), String::valueOf);
    }

    private static long number(String text) {
        String digits = text.startsWith("-") ? text.substring(1) : text;
        boolean grouped = hasOnly(digits, '_') && digits.charAt(0) != '_' && !digits.endsWith("_");
        if (!grouped || (digits.charAt(0) == '0' && digits.length() > 1)) {
            throw new IllegalArgumentException("is no whole number");
        }
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is out of range", e);
        }
    }

    /** A part of a whole. */
    public static Scalar<Double> share() {
        return new Scalar<>("share from 0 to 1", Numbers::parseShare, String::valueOf);
    }

    private static double parseShare(String text) {
        boolean decimal = hasOnly(text, '.') && text.indexOf('.') == text.lastIndexOf('.') && !text.equals(".");
        if (!decimal || Double.parseDouble(text) > 1) {
            throw new IllegalArgumentException("is no such share");
        }
        return Double.parseDouble(text);
    }

    /** True for digits and this one character besides. */
    private static boolean hasOnly(String text, char besides) {
        return !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == besides);
    }

    private static long inRange(long number, long least, long most) {
        if (number < least) {
            throw new IllegalArgumentException("is too small");
        }
        if (number > most) {
            throw new IllegalArgumentException("is too large");
        }
        return number;
    }
}
