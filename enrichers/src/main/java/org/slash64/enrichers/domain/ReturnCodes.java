package org.slash64.enrichers.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which answers of a list mean what. Addresses outside 127.0.0.0/8 and in 127.255.255.0/24 never come here: they are no
 * answers of the list, or say that it refuses to answer.
 */
public sealed interface ReturnCodes {
    /**
     * What an answer means.
     *
     * @param answer dotted, in 127.0.0.0/8
     * @param bits the same as a number
     * @return empty where this is no listing
     */
    List<Meaning> read(String answer, int bits);

    /**
     * Each listing has an address of its own.
     *
     * @param meanings by dotted address
     */
    record Exact(Map<String, Meaning> meanings) implements ReturnCodes {
        /** Copies the map. */
        public Exact {
            meanings = Map.copyOf(meanings);
        }

        @Override
        public List<Meaning> read(String answer, int bits) {
            return Optional.ofNullable(meanings.get(answer)).stream().toList();
        }
    }

    /**
     * Each bit of the last octet of 127.0.0.x is a listing.
     *
     * @param meanings by the bit's value: 2, 4, 8, 16, 32, 64, 128
     */
    record BitMask(Map<Integer, Meaning> meanings) implements ReturnCodes {
        private static final int PREFIX = 0x7f00_00;

        /** Copies the map; refuses what is no bit of an octet. */
        public BitMask {
            meanings = Map.copyOf(meanings);
            if (meanings.keySet().stream().anyMatch(bit -> bit < 1 || bit > 0x80 || Integer.bitCount(bit) != 1)) {
                throw new IllegalArgumentException("the bits of an octet are 1, 2, 4, 8, 16, 32, 64 and 128");
            }
        }

        @Override
        public List<Meaning> read(String answer, int bits) {
            List<Meaning> found = new ArrayList<>();
            if (bits >>> 8 == PREFIX) {
                new TreeMap<>(meanings).forEach((bit, meaning) -> {
                    if ((bits & bit) != 0) {
                        found.add(meaning);
                    }
                });
            }
            return found;
        }
    }

    /** Any answer is the one listing; but 127.0.0.1, which RFC 5782 section 5 has for tests and some lists for refusals. */
    record Any(Meaning meaning) implements ReturnCodes {
        private static final String NO_LISTING = "127.0.0.1";

        @Override
        public List<Meaning> read(String answer, int bits) {
            return answer.equals(NO_LISTING) ? List.of() : List.of(meaning);
        }
    }
}
