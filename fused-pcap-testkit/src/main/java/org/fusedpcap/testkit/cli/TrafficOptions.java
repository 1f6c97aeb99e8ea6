package org.fusedpcap.testkit.cli;

import java.util.Iterator;
import org.fusedpcap.testkit.traffic.FrameSizes;
import org.fusedpcap.testkit.traffic.Link;
import org.fusedpcap.testkit.traffic.Profile;
import org.fusedpcap.testkit.traffic.TrafficSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what traffic there is. */
final class TrafficOptions {

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Where all chance comes from; the same seed, the same frames.")
    private long seed;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "mixed",
            converter = ProfileConverter.class,
            completionCandidates = Profiles.class,
            description = "What traffic is made of: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Profile profile;

    @Option(
            names = "--frame-size",
            paramLabel = "SIZE",
            defaultValue = "mix",
            converter = FrameSizeConverter.class,
            description = "imix, mix (about 770 bytes on average) or a length (${DEFAULT-VALUE}).")
    private FrameSizes sizes;

    @Option(
            names = "--link",
            paramLabel = "LINK",
            defaultValue = "ethernet",
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}), in any case.")
    private Link link;

    @Option(
            names = "--conversations",
            paramLabel = "N",
            defaultValue = "200",
            description = "Number of conversations (${DEFAULT-VALUE}).")
    private int conversations;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "0",
            description = "Sequence number of the first packet, to go on behind another run.")
    private long first;

    /** What to say about the profiles. */
    static final class Profiles implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Profile.names().iterator();
        }
    }

    static final class ProfileConverter implements ITypeConverter<Profile> {

        @Override
        public Profile convert(String text) {
            try {
                return Profile.named(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    TrafficSpec spec() {
        return new TrafficSpec(seed, profile, sizes, link, conversations, first);
    }
}
