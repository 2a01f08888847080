package org.slash64.deploy.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was put longest ago when it is full. */
final class Bounded<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;

    private final int most;

    Bounded(int most) {
        this.most = most;
    }

    /** Puts a value as the newest, and gives the one that it replaces, or null. */
    V renew(K key, V value) {
        V before = remove(key);
        put(key, value);
        return before;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
