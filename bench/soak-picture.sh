# shellcheck shell=bash
# What the daemon had during a soak run, as a picture.

# draw SAMPLES: prints an SVG with a panel for each of readers, descriptors, threads and memory.
draw() {
  awk '
    { t[NR] = $1; v[1, NR] = $2; v[2, NR] = $3; v[3, NR] = $4; v[4, NR] = $5 / 1024 }
    END {
      split("reading processes|descriptors|threads|resident memory, MiB", title, "|")
      width = 800; panel = 110; left = 60; right = 20; gap = 34
      height = 4 * (panel + gap) + 30
      printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n", width, height
      printf "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", width, height
      last = NR > 1 && t[NR] > 0 ? t[NR] : 1
      for (p = 1; p <= 4; p++) {
        top = p * gap + (p - 1) * panel; most = 1
        for (i = 1; i <= NR; i++) if (v[p, i] > most) most = v[p, i]
        printf "<text x=\"%d\" y=\"%d\">%s</text>\n", left, top - 6, title[p]
        printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>\n", left - 6, top + 10, most
        printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>\n", left - 6, top + panel
        printf "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#888\"/>\n", left, top, top + panel, width - right
        printf "<polyline fill=\"none\" stroke=\"#2060a0\" points=\""
        for (i = 1; i <= NR; i++)
          printf "%.1f,%.1f ", left + (width - left - right) * t[i] / last, top + panel * (1 - v[p, i] / most)
        print "\"/>"
      }
      printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d s</text>\n</svg>\n", width - right, height - 8, last
    }' "$1"
}
