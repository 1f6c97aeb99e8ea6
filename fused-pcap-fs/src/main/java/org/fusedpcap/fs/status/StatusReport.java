package org.fusedpcap.fs.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code .status} says, read back from its text ({@link StatusText}); lines that are not
 * understood are passed over. Immutable.
 *
 * @param version the first line
 * @param sections the first is the mount's own and has no title
 */
public record StatusReport(String version, List<Section> sections) {

    private static final Pattern LINE = Pattern.compile("  (\\S+(?: \\S+)*) +(\\S.*)");
    private static final Pattern TITLE = Pattern.compile("(stream|cluster) (\\d+): (.*)");

    /** Copies the list. */
    public StatusReport {
        sections = List.copyOf(sections);
    }

    /** Reads the text. */
    public static StatusReport parse(String text) {
        List<String> lines = text.lines().toList();
        List<Section> sections = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        String title = "";
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                fields.put(matcher.group(1), matcher.group(2));
            } else if (!line.isBlank() && !line.startsWith(" ")) {
                sections.add(new Section(title, fields));
                title = line;
                fields = new LinkedHashMap<>();
            }
        }
        sections.add(new Section(title, fields));
        return new StatusReport(lines.isEmpty() ? "" : lines.get(0), sections);
    }

    /** The mount's own section. */
    public Section mount() {
        return sections.get(0);
    }

    /** The sections of streams or of clusters. */
    public List<Section> about(String what) {
        return sections.stream().filter(section -> section.what().equals(what)).toList();
    }

    /** The section with that title; one without lines if there is none. */
    public Section titled(String title) {
        return sections.stream()
                .filter(section -> section.title().equals(title))
                .findFirst()
                .orElse(new Section(title, Map.of()));
    }

    /**
     * A title and the lines below it.
     *
     * @param title as written
     * @param fields the lines' values by their keys
     */
    public record Section(String title, Map<String, String> fields) {

        private static final Pattern NUMBER = Pattern.compile("(\\d+)(?: |$).*");

        /** What it is about: {@code stream}, {@code cluster}, or nothing. */
        public String what() {
            Matcher matcher = TITLE.matcher(title);
            return matcher.matches() ? matcher.group(1) : "";
        }

        /** Number of the stream or cluster; 0 if it is about none. */
        public long number() {
            Matcher matcher = TITLE.matcher(title);
            return matcher.matches() ? Long.parseLong(matcher.group(2)) : 0;
        }

        /** Path of the stream or cluster; nothing if it is about none. */
        public String path() {
            Matcher matcher = TITLE.matcher(title);
            return matcher.matches() ? matcher.group(3) : "";
        }

        /** The value of a line; nothing if there is none. */
        public String text(String key) {
            return fields.getOrDefault(key, "");
        }

        /** The number that a line's value begins with; 0 if there is none. */
        public long amount(String key) {
            Matcher matcher = NUMBER.matcher(text(key));
            return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
        }
    }
}
