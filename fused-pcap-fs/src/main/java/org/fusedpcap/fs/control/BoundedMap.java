package org.fusedpcap.fs.control;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of bounded size: a new entry beyond it drops the one unchanged for longest. Not
 * thread-safe.
 */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    BoundedMap(int most) {
        this.most = most;
    }

    @Override
    public V put(K key, V value) {
        V before = remove(key);
        super.put(key, value);
        return before;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
