package org.fusedpcap.testkit.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Samples of a whole run, and whether they are flat: the last third against the first. */
final class Samples {

    private static final double MOST_GROWTH = 1.3;

    private final List<Sample> all = new ArrayList<>();

    /** One thing that is sampled. */
    private enum Row {
        READERS("readers", Sample::readers, Double.MAX_VALUE),
        DESCRIPTORS("descriptors", Sample::descriptors, 48),
        THREADS("threads", Sample::threads, 24),
        RESIDENT("resident MiB", sample -> sample.residentKiB() / 1024.0, 48);

        private final String title;
        private final ToDoubleFunction<Sample> value;
        private final double allowance;

        /**
         * @param allowance growth that is none, for what depends on how many read just then
         */
        Row(String title, ToDoubleFunction<Sample> value, double allowance) {
            this.title = title;
            this.value = value;
            this.allowance = allowance;
        }
    }

    void add(Sample sample) {
        all.add(sample);
    }

    List<Sample> all() {
        return List.copyOf(all);
    }

    /** What has grown, in words. */
    List<String> grown() {
        List<String> grown = new ArrayList<>();
        for (Row row : Row.values()) {
            double first = median(row, 0);
            double last = median(row, 2);
            if (last > first * MOST_GROWTH && last > first + row.allowance) {
                grown.add(
                        String.format(
                                Locale.ROOT, "%s grew from %.0f to %.0f", row.title, first, last));
            }
        }
        return grown;
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
        int from = all.size() * third / 3;
        int to = Math.max(from + 1, all.size() * (third + 1) / 3);
        double[] values =
                all.subList(from, Math.min(to, all.size())).stream()
                        .mapToDouble(row.value)
                        .sorted()
                        .toArray();
        return values.length == 0 ? 0 : values[values.length / 2];
    }
}
