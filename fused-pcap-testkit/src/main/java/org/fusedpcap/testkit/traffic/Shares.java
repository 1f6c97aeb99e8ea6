package org.fusedpcap.testkit.traffic;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A choice between values by their weights. Immutable.
 *
 * @param <T> what is chosen; the natural order makes the choice the same in every JVM
 */
public final class Shares<T extends Comparable<T>> {

    private final TreeMap<Integer, T> byCeiling = new TreeMap<>();
    private final int total;

    private Shares(Map<T, Integer> weights) {
        int sum = 0;
        for (Map.Entry<T, Integer> entry : new TreeMap<>(weights).entrySet()) {
            if (entry.getValue() < 0) {
                throw new IllegalArgumentException("negative weight of " + entry.getKey());
            }
            sum += entry.getValue();
            if (entry.getValue() > 0) {
                byCeiling.put(sum, entry.getKey());
            }
        }
        if (sum == 0) {
            throw new IllegalArgumentException("nothing to choose from");
        }
        total = sum;
    }

    /**
     * A choice by weights.
     *
     * @param weights the weight of each value, 0 or more, not all 0
     * @param <T> what is chosen
     * @throws IllegalArgumentException if a weight is negative, or all are 0
     */
    public static <T extends Comparable<T>> Shares<T> of(Map<T, Integer> weights) {
        return new Shares<>(weights);
    }

    T draw(Random random) {
        return byCeiling.higherEntry(random.nextInt(total)).getValue();
    }
}
