package org.fusedpcap.fs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fusedpcap.fs.cli.WatchedMount.Reading;
import org.fusedpcap.fs.status.Quantity;
import org.fusedpcap.fs.status.StatusReport;
import org.fusedpcap.fs.status.StatusReport.Section;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Lays mounts out on a screen: a head for each, and a row for each of its streams. */
final class StatusView {

    private static final int READERS = 16;
    private static final int SEGMENT = 26;
    private static final int READ = 10;
    private static final int RATE = 12;
    private static final int BAR = 22;
    private static final int BESIDE_BAR = 20;
    private static final int LEAST_PATH = 16;

    private static final double NS_PER_SECOND = 1e9;

    private final Colours colours;

    StatusView(Colours colours) {
        this.colours = colours;
    }

    /**
     * The lines of one screen.
     *
     * @param rows height of the screen; more lines are never made
     * @param columns width of the screen; no line is longer
     */
    List<AttributedString> lines(List<WatchedMount> mounts, int rows, int columns) {
        List<AttributedString> lines = new ArrayList<>();
        lines.add(styled("fused-pcap status   (q ends)", colours.aside()));
        if (mounts.isEmpty()) {
            lines.add(styled("nothing is mounted", colours.normal()));
        }
        for (WatchedMount mount : mounts) {
            lines.add(AttributedString.EMPTY);
            add(lines, mount.place().toString(), mount.latest(), mount.before(), columns);
        }
        return fit(lines, rows, columns);
    }

    void add(
            List<AttributedString> lines,
            String place,
            Reading latest,
            Reading before,
            int columns) {
        lines.add(head(place, latest));
        if (!latest.trouble().isEmpty()) {
            lines.add(styled("  " + latest.trouble(), colours.bad()));
        }
        if (latest.report().isEmpty()) {
            return;
        }
        StatusReport report = latest.report().get();
        List<Section> streams = report.about("stream");
        if (!streams.isEmpty()) {
            lines.add(styled(columnTitles(columns), colours.aside()));
        }
        for (Section stream : streams) {
            lines.add(row(StreamRow.of(stream, report), rate(stream, latest, before), columns));
        }
    }

    private AttributedString head(String place, Reading latest) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.styled(colours.title(), place);
        if (latest.report().isEmpty()) {
            return line.toAttributedString();
        }
        StatusReport report = latest.report().get();
        Section since = report.titled("since the mount");
        line.append("  ").append(report.mount().text("source"));
        line.append("  up ").append(report.mount().text("mounted").replaceAll(".*, | ago$", ""));
        line.append("  ").append(report.about("stream").size() + " open");
        damage(line, since, "gaps");
        damage(line, since, "torn");
        return line.toAttributedString();
    }

    private void damage(AttributedStringBuilder line, Section since, String what) {
        long number = since.amount(what);
        line.append("  ")
                .styled(number > 0 ? colours.bad() : colours.normal(), what + " " + number);
    }

    private static String rate(Section stream, Reading latest, Reading before) {
        Optional<Section> earlier =
                before.report().stream()
                        .flatMap(report -> report.about("stream").stream())
                        .filter(one -> one.number() == stream.number())
                        .findFirst();
        double seconds = (latest.atNs() - before.atNs()) / NS_PER_SECOND;
        if (earlier.isEmpty() || seconds <= 0) {
            return "";
        }
        long bytes = stream.amount("delivered") - earlier.get().amount("delivered");
        return Quantity.bytes((long) (Math.max(0, bytes) / seconds)) + "/s";
    }

    private static String columnTitles(int columns) {
        return columns(columns, "stream", "readers", "segment", "read", "rate") + "progress";
    }

    private AttributedString row(StreamRow row, String rate, int columns) {
        Section stream = row.stream();
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(
                columns(
                        columns,
                        stream.path(),
                        stream.text("readers"),
                        stream.text("segment"),
                        Quantity.bytes(stream.amount("delivered")),
                        rate));
        line.styled(style(row.mood()), bar(row.part())).append(' ').append(row.text());
        return line.toAttributedString();
    }

    /** The columns before the bar; the narrower the screen, the fewer there are. */
    private static String columns(
            int columns, String path, String readers, String segment, String read, String rate) {
        int left = columns - BAR - BESIDE_BAR - READ - RATE;
        boolean hasReaders = left >= LEAST_PATH + READERS;
        boolean hasSegment = left >= LEAST_PATH + READERS + SEGMENT;
        int ofPath =
                Math.max(
                        LEAST_PATH, left - (hasReaders ? READERS : 0) - (hasSegment ? SEGMENT : 0));
        return "  "
                + cell(path, ofPath - 2)
                + (hasReaders ? cell(readers, READERS) : "")
                + (hasSegment ? cell(segment, SEGMENT) : "")
                + cell(read, READ)
                + cell(rate, RATE);
    }

    /** A text of that width with a blank behind it; of a longer one the end is shown. */
    private static String cell(String text, int width) {
        int most = width - 1;
        String shown = text.length() > most ? "…" + text.substring(text.length() - most + 1) : text;
        return String.format("%-" + width + "s", shown);
    }

    private static String bar(double part) {
        int width = BAR - 2;
        int filled = (int) Math.round(part * width);
        return "[" + "#".repeat(filled) + "-".repeat(width - filled) + "]";
    }

    private AttributedStyle style(StreamRow.Mood mood) {
        return switch (mood) {
            case GOOD -> colours.good();
            case BEHIND -> colours.behind();
            case BAD -> colours.bad();
        };
    }

    private List<AttributedString> fit(List<AttributedString> lines, int rows, int columns) {
        List<AttributedString> shown = new ArrayList<>();
        for (AttributedString line : lines) {
            shown.add(line.columnSubSequence(0, columns));
        }
        if (shown.size() <= rows) {
            return shown;
        }
        int most = Math.max(0, rows - 1);
        List<AttributedString> fitting = new ArrayList<>(shown.subList(0, most));
        fitting.add(styled("… %d more lines".formatted(shown.size() - most), colours.aside()));
        return fitting;
    }

    private static AttributedString styled(String text, AttributedStyle style) {
        return new AttributedString(text, style);
    }
}
