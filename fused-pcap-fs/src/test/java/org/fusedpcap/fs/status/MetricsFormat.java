package org.fusedpcap.fs.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus' text exposition format 0.0.4, which also holds what is read to the
 * rules that {@code promtool check metrics} has: help and type for every metric, {@code _total}
 * behind counters and nothing else, base units, lower case, no type in a name.
 */
public final class MetricsFormat {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (counter|gauge)");
    private static final Pattern SAMPLE = Pattern.compile("([^{ ]+)\\{(.*)\\} (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(,|$)");
    private static final Pattern OTHER_UNIT =
            Pattern.compile(
                    ".*_(kb|mb|gb|kib|mib|gib|kilobytes|megabytes|bits|ms|us|ns|milliseconds"
                            + "|microseconds|nanoseconds|minutes|hours|days|percent)(_total)?");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Set<String> helped = new HashSet<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private Optional<String> current = Optional.empty();

    private MetricsFormat() {}

    /** Reads a text; fails at the first thing that is wrong with it. */
    public static MetricsFormat parse(String text) {
        assertThat(text).endsWith("\n");
        MetricsFormat format = new MetricsFormat();
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            format.read(line);
        }
        assertThat(format.types.keySet()).isEqualTo(format.helped);
        format.types.forEach(MetricsFormat::checkName);
        return format;
    }

    private void read(String line) {
        Matcher help = HELP.matcher(line);
        if (help.matches()) {
            assertThat(helped.add(help.group(1))).as("one help: " + line).isTrue();
            assertThat(help.group(2)).as(line).isNotBlank();
            return;
        }
        Matcher type = TYPE.matcher(line);
        if (type.matches()) {
            assertThat(types.put(type.group(1), type.group(2))).as("one type: " + line).isNull();
            current = Optional.of(type.group(1));
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("a sample: " + line).isTrue();
        assertThat(current)
                .as("samples stand behind their type: " + line)
                .contains(sample.group(1));
        String key = sample.group(1) + labels(sample.group(2));
        double value = Double.parseDouble(sample.group(3));
        assertThat(value).as(line).isFinite().isNotNegative();
        assertThat(samples.put(key, value)).as("told once: " + key).isNull();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.find() && label.start() == end) {
            end = label.end();
            assertThat(labels.put(label.group(1), unescape(label.group(2)))).isNull();
        }
        assertThat(end).as("labels: " + text).isEqualTo(text.length());
        return labels;
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                text.append(value.charAt(i) == 'n' ? '\n' : value.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static void checkName(String name, String type) {
        assertThat(name).matches(NAME).startsWith("fused_pcap_").isLowerCase();
        assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
        assertThat(name).doesNotMatch(OTHER_UNIT).doesNotContain("gauge", "counter");
        assertThat(name).doesNotEndWith("_count").doesNotEndWith("_sum").doesNotEndWith("_bucket");
    }

    /** Names of all metrics. */
    public List<String> names() {
        return new ArrayList<>(types.keySet());
    }

    /** All samples by what they are called: a name and its labels, as a map writes itself. */
    public Map<String, Double> samples() {
        return samples;
    }

    /**
     * The one sample of a metric that has these labels, among others.
     *
     * @param labels each as {@code name=value}
     */
    public double value(String name, String... labels) {
        List<Double> found =
                samples.entrySet().stream()
                        .filter(sample -> sample.getKey().startsWith("fused_pcap_" + name + "{"))
                        .filter(
                                sample ->
                                        List.of(labels).stream()
                                                .allMatch(sample.getKey()::contains))
                        .map(Map.Entry::getValue)
                        .toList();
        assertThat(found).as(name + List.of(labels) + " among " + samples).hasSize(1);
        return found.get(0);
    }
}
