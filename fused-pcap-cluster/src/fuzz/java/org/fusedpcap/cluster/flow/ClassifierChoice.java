package org.fusedpcap.cluster.flow;

import org.fusedpcap.cluster.Choices;

/** What a classifier is to be for: any link type, mode and way to see tunnels. */
record ClassifierChoice(int linkType, ClusterMode mode, TunnelMode tunnel) {

    private static final Integer[] LINK_TYPES = {
        1, 0, 9, 50, 51, 101, 105, 108, 113, 127, 228, 229, 276
    };

    static ClassifierChoice of(Choices choices) {
        return ofLinkType(choices.oneOf(LINK_TYPES), choices);
    }

    static ClassifierChoice ofLinkType(int linkType, Choices choices) {
        return new ClassifierChoice(
                linkType,
                choices.oneOf(ClusterMode.values()),
                choices.oneOf(TunnelMode.values()));
    }

    /** A classifier that has seen nothing yet. */
    FlowClassifier classifier(LookAhead lookAhead) {
        return new FlowClassifier(linkType, mode, tunnel, lookAhead);
    }

    FlowClassifier classifier() {
        return classifier(LookAhead.NONE);
    }
}
