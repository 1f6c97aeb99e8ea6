package org.fusedpcap.testkit.soak;

import java.util.List;

/** The programs that read, and how each is started. Each writes what it reads as a capture. */
enum Tool {
    CAT(6) {
        @Override
        List<String> command(String path, Chance chance, String script) {
            return List.of("cat", path);
        }
    },
    DD(4) {
        @Override
        List<String> command(String path, Chance chance, String script) {
            int size = chance.oneIn(2) ? chance.between(1, 9000) : chance.between(9000, 600_000);
            return List.of("dd", "status=none", "if=" + path, "bs=" + Math.max(size, 100));
        }
    },
    TCPDUMP(5) {
        @Override
        List<String> command(String path, Chance chance, String script) {
            return List.of("tcpdump", "-Z", "root", "-r", path, "-U", "-w", "-");
        }
    },
    TSHARK(1) {
        @Override
        List<String> command(String path, Chance chance, String script) {
            return List.of("tshark", "-n", "-l", "-r", path, "-w", "-");
        }
    },
    POLLING(3) {
        @Override
        List<String> command(String path, Chance chance, String script) {
            String means = chance.of(List.of("poll", "select", "epoll"));
            return List.of("python3", script, means, path);
        }
    };

    private final int share;

    Tool(int share) {
        this.share = share;
    }

    /**
     * The command line.
     *
     * @param path what to read
     * @param script where the script of {@link #POLLING} is
     */
    abstract List<String> command(String path, Chance chance, String script);

    /** One of them, the cheap ones more often. */
    static Tool any(Chance chance) {
        int all = 0;
        for (Tool tool : values()) {
            all += tool.share;
        }
        int draw = chance.below(all);
        for (Tool tool : values()) {
            draw -= tool.share;
            if (draw < 0) {
                return tool;
            }
        }
        return CAT;
    }
}
