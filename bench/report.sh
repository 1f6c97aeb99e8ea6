# shellcheck shell=bash
# From samples to a table and a picture.

report() {
  printf '# Performance\n\n'
  printf 'Made by `bench/run --rounds %s --write`: the mount against the same bytes in one plain file, in turn, in one run.\n' "$1"
  printf 'Ratios are to the row named; what stands first is the ratio of the minima, then that of the medians. *The kernel\n'
  printf 'alone* is the ratio of the minima of `bench/bare.c`, which hands out the bytes of one file and does nothing else.\n\n'
  machine
  printf '\n| case | compared with | min, ms | median, ms | ratio of minima | ratio of medians | wanted | the kernel alone |\n'
  printf '|---|---|---:|---:|---:|---:|---:|---:|\n'
  rows
  printf '\nDelay from a flush of the writer to the return of the reader: %s\n' "$(<"$work/latency")"
}

machine() {
  local mount_point bytes
  bytes=$(stat -c %s -- "$plain")
  printf -- '- %s cores, %s\n' "$(nproc)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
  printf -- '- Linux %s, %s, %s\n' "$(uname -r)" "$(. /etc/os-release && printf '%s' "$PRETTY_NAME")" \
    "$(java -version 2>&1 | head -n 1)"
  printf -- '- %s, %s\n' "$(tcpdump --version 2>&1 | head -n 1)" "$(mergecap --version 2>&1 | head -n 1)"
  mount_point=$(df --output=fstype -- "$plain" | tail -n 1)
  printf -- '- %s bytes in %s files on %s\n' "$bytes" "$(find "$source" -type f | wc -l)" "$mount_point"
}

# rows: a line of the table for each case.
rows() {
  awk -v cases="$CASES" '
    function median(list, n,   i, j, t) {
      for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j - 1] > list[j]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
      return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    { count[$1]++; value[$1, count[$1]] = $2; if (!($1 in least) || $2 < least[$1]) least[$1] = $2 }
    END {
      lines = split(cases, line, "\n")
      for (l = 1; l <= lines; l++) {
        if (split(line[l], field, " ") < 4 || !(field[1] in count)) continue
        name = field[1]; delete list
        for (i = 1; i <= count[name]; i++) list[i] = value[name, i]
        middle[name] = median(list, count[name])
        base = field[2]
        bare = field[4]
        if (name ~ /^bare_/) continue
        if (base == "-") printf "| %s | | %.0f | %.0f | | | | |\n", name, least[name] / 1000, middle[name] / 1000
        else printf "| %s | %s | %.0f | %.0f | %.2f | %.2f | %s | %s |\n", name, base, least[name] / 1000, middle[name] / 1000, \
          least[name] / least[base], middle[name] / middle[base], field[3] == "-" ? "" : "≤ " field[3], \
          bare in least ? sprintf("%.2f", least[bare] / least[base]) : ""
      }
    }' "$work/samples"
}

# write_report FILE: into docs, in place of what an earlier run wrote there; what stands behind the marker stays.
write_report() {
  local target=$home/docs/PERFORMANCE.md marker='<!-- what follows is written by hand -->' rest=''
  [[ ! -f $target ]] || rest=$(sed -n "/^$marker/,\$p" "$target")
  {
    cat -- "$1"
    printf '\n![Ratios](performance.svg)\n\n%s\n' "${rest:-$marker}"
  } >"$target.new"
  mv -- "$target.new" "$target"
  picture "$1" >"$home/docs/performance.svg"
}

# picture FILE: bars of the ratios of minima, with a mark where they should stay below.
picture() {
  awk -F'|' '
    /^\| [a-z]/ && $6 + 0 > 0 { n++; gsub(/ /, "", $2); name[n] = $2; ratio[n] = $6 + 0; w = $8; gsub(/[^0-9.]/, "", w); want[n] = w + 0; alone[n] = $9 + 0 }
    END {
      left = 210; scale = 80; height = 40 + 24 * n
      printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"820\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n", height
      print "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>"
      print "<text x=\"10\" y=\"20\" font-weight=\"bold\">Time of the mount by the time of the plain file (lower is better; red: what is wanted, black: the kernel alone)</text>"
      for (i = 1; i <= n; i++) {
        y = 34 + 24 * (i - 1)
        printf "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", left - 8, y + 14, name[i]
        width = ratio[i] * scale; if (width > 560) width = 560
        printf "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>\n", left, y, width, (want[i] && ratio[i] > want[i] ? "#d98b5f" : "#5f8dd9")
        printf "<text x=\"%.1f\" y=\"%d\">%.2f</text>\n", left + width + 6, y + 14, ratio[i]
        if (alone[i]) printf "<rect x=\"%.1f\" y=\"%d\" width=\"2\" height=\"22\" fill=\"#000\"/>\n", left + alone[i] * scale, y - 2
        if (want[i]) printf "<rect x=\"%.1f\" y=\"%d\" width=\"2\" height=\"22\" fill=\"#c00\"/>\n", left + want[i] * scale, y - 2
      }
      printf "<line x1=\"%d\" y1=\"30\" x2=\"%d\" y2=\"%d\" stroke=\"#888\" stroke-dasharray=\"3,3\"/>\n</svg>\n", left + scale, left + scale, height - 4
    }' "$1"
}
