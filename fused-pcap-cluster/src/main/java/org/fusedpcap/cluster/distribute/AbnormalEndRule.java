package org.fusedpcap.cluster.distribute;

import java.util.Optional;

/** What the other members get when one closes before its end of stream ({@code clusterabend}). */
public enum AbnormalEndRule {
    /** Their next read fails. */
    ERROR,
    /** Their next read is the end of the stream, behind a packet they have begun to read. */
    END,
    /** They go on to the end of the segment that is being read. */
    IGNORE;

    /**
     * The rule with the number that users write.
     *
     * @param number 0, 1 or 2; anything else has no rule
     */
    public static Optional<AbnormalEndRule> of(int number) {
        return number >= 0 && number < values().length
                ? Optional.of(values()[number])
                : Optional.empty();
    }
}
