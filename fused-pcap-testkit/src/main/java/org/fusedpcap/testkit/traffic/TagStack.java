package org.fusedpcap.testkit.traffic;

import java.util.List;

/**
 * The VLAN tags of a frame, outermost first. Immutable.
 *
 * @param id number of the stack, as {@link Marker#vlan} has it
 * @param tags the tags; empty for none
 */
record TagStack(int id, List<Tag> tags) {

    static final TagStack NONE = new TagStack(0, List.of());

    private static final int DOT1Q = 0x8100;
    private static final int DOT1AD = 0x88a8;
    private static final int OLD_QINQ = 0x9100;

    /** One tag each. */
    static final List<TagStack> SINGLE =
            List.of(
                    new TagStack(1, List.of(new Tag(DOT1Q, 100))),
                    new TagStack(2, List.of(new Tag(DOT1Q, 101))),
                    new TagStack(3, List.of(new Tag(DOT1Q, 200))),
                    new TagStack(4, List.of(new Tag(DOT1Q, 4094))));

    /** Two or three tags each; some share their outer tag, some their inner one. */
    static final List<TagStack> STACKED =
            List.of(
                    new TagStack(5, List.of(new Tag(DOT1AD, 10), new Tag(DOT1Q, 100))),
                    new TagStack(6, List.of(new Tag(DOT1AD, 10), new Tag(DOT1Q, 200))),
                    new TagStack(7, List.of(new Tag(DOT1AD, 11), new Tag(DOT1Q, 100))),
                    new TagStack(8, List.of(new Tag(OLD_QINQ, 12), new Tag(DOT1Q, 300))),
                    new TagStack(
                            9,
                            List.of(
                                    new Tag(DOT1AD, 10),
                                    new Tag(DOT1Q, 100),
                                    new Tag(DOT1Q, 200))));

    TagStack {
        tags = List.copyOf(tags);
    }

    /**
     * One tag.
     *
     * @param etherType the type that announces it
     * @param vlan VLAN id, 0–4094
     */
    record Tag(int etherType, int vlan) {}
}
