package org.slash64.topology.listing;

import org.apache.kafka.common.utils.Bytes;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/** Keys of the store {@link DecideListings#STORE}, also for those who query it. The prefixes within one are a range. */
public final class StateKeys {

    private StateKeys() {}

    /** The key of a subject; of a prefix the first of all that lie within it. */
    public static Bytes of(Subject subject) {
        return Bytes.wrap(subject.key());
    }

    /** Sorts after the keys of all prefixes within this one. */
    public static Bytes lastIn(Prefix prefix) {
        byte[] last = prefix.key();
        for (int bit = prefix.length(); bit < Byte.SIZE * (last.length - 2); bit++) {
            last[1 + bit / Byte.SIZE] |= (byte) (0x80 >>> bit % Byte.SIZE);
        }
        last[last.length - 1] = (byte) 0xff;
        return Bytes.wrap(last);
    }
}
