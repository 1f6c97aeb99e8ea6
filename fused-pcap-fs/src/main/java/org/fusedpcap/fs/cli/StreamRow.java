package org.fusedpcap.fs.cli;

import java.util.Optional;
import org.fusedpcap.cluster.distribute.SlabPool;
import org.fusedpcap.fs.status.Quantity;
import org.fusedpcap.fs.status.StatusReport;
import org.fusedpcap.fs.status.StatusReport.Section;

/**
 * What a row of the live view says of one stream.
 *
 * @param stream the stream's section
 * @param part how far the bar reaches, from 0 to 1
 * @param text what stands beside the bar
 * @param mood what colour it has
 */
record StreamRow(Section stream, double part, String text, Mood mood) {

    /** How a stream does. */
    enum Mood {
        GOOD,
        BEHIND,
        BAD
    }

    private static final double PERCENT = 100;

    /** The row of a stream of a report. */
    static StreamRow of(Section stream, StatusReport report) {
        return switch (stream.text("kind")) {
            case "range" -> range(stream);
            case "member" -> member(stream, report);
            default -> follow(stream);
        };
    }

    private static StreamRow range(Section stream) {
        double part = part(stream.amount("position"), stream.amount("size"));
        String text = (int) (part * PERCENT) + " %";
        return new StreamRow(stream, part, text, mood(stream, Mood.GOOD));
    }

    private static StreamRow follow(Section stream) {
        long lag = stream.amount("lag");
        long position = stream.amount("position");
        double part = part(position, position + lag);
        String text = lag == 0 ? "live" : Quantity.bytes(lag) + " behind";
        return new StreamRow(stream, part, text, mood(stream, lag == 0 ? Mood.GOOD : Mood.BEHIND));
    }

    /** A member's bar is how much of the cluster's slack its queue fills. */
    private static StreamRow member(Section stream, StatusReport report) {
        Optional<Section> cluster =
                report.about("cluster").stream()
                        .filter(one -> one.number() == stream.amount("cluster"))
                        .findFirst();
        if (cluster.isEmpty()) {
            return new StreamRow(stream, 0, "not read from yet", Mood.BEHIND);
        }
        String members = cluster.get().text("members");
        if (!members.endsWith("full")) {
            return new StreamRow(
                    stream, 0, members.replaceFirst(",.*", "") + " are there", Mood.BEHIND);
        }
        long queued = stream.amount("queued");
        double part = part(queued, cluster.get().amount("slack") * SlabPool.SLAB_LENGTH);
        String text = queued == 0 ? "nothing queued" : Quantity.bytes(queued) + " queued";
        return new StreamRow(
                stream, part, text, mood(cluster.get(), queued == 0 ? Mood.GOOD : Mood.BEHIND));
    }

    private static Mood mood(Section of, Mood otherwise) {
        return of.amount("gaps") > 0 ? Mood.BAD : otherwise;
    }

    private static double part(long some, long all) {
        return all <= 0 ? 1 : Math.min(1, (double) some / all);
    }
}
