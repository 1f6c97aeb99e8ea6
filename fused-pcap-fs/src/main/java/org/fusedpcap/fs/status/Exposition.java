package org.fusedpcap.fs.status;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes metrics in Prometheus' text exposition format, version 0.0.4. Not thread-safe.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
final class Exposition {

    private static final String PREFIX = "fused_pcap_";

    /** What a metric is. */
    enum Type {
        COUNTER,
        GAUGE
    }

    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> common;

    /**
     * @param common labels of every sample
     */
    Exposition(Map<String, String> common) {
        this.common = common;
    }

    /** One metric; its samples follow. */
    final class Metric {

        private final String name;

        private Metric(String name) {
            this.name = name;
        }

        /**
         * Adds a sample.
         *
         * @param labels names and values in turn
         */
        Metric sample(double value, String... labels) {
            Map<String, String> all = new LinkedHashMap<>(common);
            for (int i = 0; i < labels.length; i += 2) {
                all.put(labels[i], labels[i + 1]);
            }
            text.append(name).append('{');
            String separator = "";
            for (Map.Entry<String, String> label : all.entrySet()) {
                text.append(separator).append(label.getKey()).append("=\"");
                text.append(escapeLabel(label.getValue())).append('"');
                separator = ",";
            }
            text.append("} ").append(number(value)).append('\n');
            return this;
        }
    }

    /**
     * Begins a metric.
     *
     * @param name without the prefix that all have
     * @param help one line that says what it is
     */
    Metric metric(Type type, String name, String help) {
        String full = PREFIX + name;
        text.append("# HELP ").append(full).append(' ').append(escapeHelp(help)).append('\n');
        text.append("# TYPE ").append(full).append(' ');
        text.append(type.name().toLowerCase(Locale.ROOT)).append('\n');
        return new Metric(full);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private static String escapeHelp(String help) {
        return help.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String escapeLabel(String value) {
        return escapeHelp(value).replace("\"", "\\\"");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
