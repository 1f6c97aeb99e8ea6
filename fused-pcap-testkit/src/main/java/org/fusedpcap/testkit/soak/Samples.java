package org.fusedpcap.testkit.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Samples of a whole run, and whether they are flat: the last third against the first. A virtual
 * machine takes memory for about a minute, for its heap and for what it compiles, so that of the
 * first minute tells nothing: memory is compared from there on, if there is enough, and never more
 * than a bound.
 */
final class Samples {

    private static final double MOST_GROWTH = 1.3;

    /** In seconds: until then memory grows because the virtual machine has just been started. */
    private static final double WARM_UP = 60;

    /** In seconds, behind the warm-up: less does not show whether memory grows. */
    private static final double SHORTEST = 60;

    private final List<Sample> all = new ArrayList<>();

    /** One thing that is sampled. */
    private enum Row {
        READERS("readers", Sample::readers, 0, Double.MAX_VALUE, Double.MAX_VALUE),
        DESCRIPTORS("descriptors", Sample::descriptors, 0, 48, Double.MAX_VALUE),
        THREADS("threads", Sample::threads, 0, 24, Double.MAX_VALUE),
        RESIDENT("resident MiB", sample -> sample.residentKiB() / 1024.0, WARM_UP, 48, 256);

        private final String title;
        private final ToDoubleFunction<Sample> value;
        private final double from;
        private final double allowance;
        private final double most;

        /**
         * @param from in seconds, what was before is not compared
         * @param allowance growth that is none, for what depends on how many read just then
         * @param most more is a fault, whenever
         */
        Row(
                String title,
                ToDoubleFunction<Sample> value,
                double from,
                double allowance,
                double most) {
            this.title = title;
            this.value = value;
            this.from = from;
            this.allowance = allowance;
            this.most = most;
        }
    }

    void add(Sample sample) {
        all.add(sample);
    }

    List<Sample> all() {
        return List.copyOf(all);
    }

    /** What has grown, or was too much, in words. */
    List<String> grown() {
        List<String> grown = new ArrayList<>();
        for (Row row : Row.values()) {
            double first = median(row, 0);
            double last = median(row, 2);
            if (isLongEnough(row) && last > first * MOST_GROWTH && last > first + row.allowance) {
                grown.add(
                        String.format(
                                Locale.ROOT, "%s grew from %.0f to %.0f", row.title, first, last));
            }
            double most = all.stream().mapToDouble(row.value).max().orElse(0);
            if (most > row.most) {
                grown.add(
                        String.format(
                                Locale.ROOT, "%s: %.0f, may be %.0f", row.title, most, row.most));
            }
        }
        return grown;
    }

    private boolean isLongEnough(Row row) {
        return row.from == 0 || lastSecond() >= row.from + SHORTEST;
    }

    private double lastSecond() {
        return all.isEmpty() ? 0 : all.get(all.size() - 1).seconds();
    }

    /** A table in Markdown. */
    String table() {
        StringBuilder table =
                new StringBuilder(
                        "| median of the | first third | second | last |\n|---|---|---|---|\n");
        for (Row row : Row.values()) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.0f | %.0f | %.0f |%n",
                            row.title,
                            median(row, 0),
                            median(row, 1),
                            median(row, 2)));
        }
        return table.toString();
    }

    private double median(Row row, int third) {
        List<Sample> compared = compared(row);
        int from = compared.size() * third / 3;
        int to = Math.max(from + 1, compared.size() * (third + 1) / 3);
        double[] values =
                compared.subList(from, Math.min(to, compared.size())).stream()
                        .mapToDouble(row.value)
                        .sorted()
                        .toArray();
        return values.length == 0 ? 0 : values[values.length / 2];
    }

    private List<Sample> compared(Row row) {
        return isLongEnough(row)
                ? all.stream().filter(sample -> sample.seconds() >= row.from).toList()
                : all;
    }
}
