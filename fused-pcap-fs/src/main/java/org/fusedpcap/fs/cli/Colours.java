package org.fusedpcap.fs.cli;

import org.jline.utils.AttributedStyle;

/**
 * The styles of a terminal's text; all are plain where the user wants no colours.
 *
 * @see <a href="https://no-color.org">no-color.org</a>
 */
final class Colours {

    private final boolean plain;

    /**
     * @param noColor the variable NO_COLOR of the environment; null: not set
     */
    Colours(String noColor) {
        this.plain = noColor != null && !noColor.isEmpty();
    }

    /** All is well. */
    AttributedStyle good() {
        return foreground(AttributedStyle.GREEN);
    }

    /** Somebody is behind. */
    AttributedStyle behind() {
        return foreground(AttributedStyle.YELLOW);
    }

    /** Something was lost. */
    AttributedStyle bad() {
        return foreground(AttributedStyle.RED);
    }

    /** What stands above others. */
    AttributedStyle title() {
        return plain ? AttributedStyle.DEFAULT : AttributedStyle.BOLD;
    }

    /** What is of less interest. */
    AttributedStyle aside() {
        return plain ? AttributedStyle.DEFAULT : AttributedStyle.DEFAULT.faint();
    }

    /** All else. */
    AttributedStyle normal() {
        return AttributedStyle.DEFAULT;
    }

    private AttributedStyle foreground(int colour) {
        return plain ? AttributedStyle.DEFAULT : AttributedStyle.DEFAULT.foreground(colour);
    }
}
