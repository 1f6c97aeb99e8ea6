# shellcheck shell=bash
# Adds up what Surefire and Failsafe wrote.

# reports_of MODULE: sets `reports` to the files of its last run.
reports_of() {
  shopt -s nullglob
  reports=("${home:?}/$1"/target/{surefire,failsafe}-reports/TEST-*.xml)
  shopt -u nullglob
}

# forget_reports MODULE: so that nothing of an older run is counted.
forget_reports() {
  reports_of "$1"
  ((${#reports[@]} == 0)) || rm -f -- "${reports[@]}"
}

# count MODULE: sets `passed`, `failed` and `skipped`.
count() {
  local report line tests errors failures skips
  passed=0 failed=0 skipped=0
  reports_of "$1"
  for report in "${reports[@]}"; do
    line=$(grep -m 1 '<testsuite ' "$report") || continue
    tests=$(attribute tests "$line")
    errors=$(attribute errors "$line")
    failures=$(attribute failures "$line")
    skips=$(attribute skipped "$line")
    failed=$((failed + errors + failures))
    skipped=$((skipped + skips))
    passed=$((passed + tests - errors - failures - skips))
  done
}

# attribute NAME LINE: prints its number, or 0.
attribute() {
  local pattern="[[:space:]]$1=\"([0-9]+)\""
  [[ $2 =~ $pattern ]] && printf %s "${BASH_REMATCH[1]}" || printf 0
}

# failed_cases MODULE: prints a line for each class with a failed case: its name and where its output is.
failed_cases() {
  local report base
  reports_of "$1"
  for report in "${reports[@]}"; do
    grep -q -E '<(failure|error)[ >]' "$report" || continue
    base=${report##*/TEST-}
    base=${report%/*}/${base%.xml}
    printf '  failed: %s, see %s*.txt\n' "${base##*/}" "$base"
  done
}

# skipped_cases MODULE: prints a line for each case that was skipped, and why.
skipped_cases() {
  local report line name='' class=''
  reports_of "$1"
  for report in "${reports[@]}"; do
    while IFS= read -r line; do
      case $line in
        *'<testcase '*)
          name=$(text_attribute name "$line")
          class=$(text_attribute classname "$line")
          ;;&
        *'<skipped'*)
          printf '  skipped: %s.%s: %s\n' "${class##*.}" "${name%%(*}" "${line##*Assumption failed: }"
          ;;
      esac
    done < <(grep -E '<testcase |<skipped' "$report")
  done
}

# text_attribute NAME LINE: prints it.
text_attribute() {
  local pattern="[[:space:]]$1=\"([^\"]*)\""
  [[ $2 =~ $pattern ]] && printf %s "${BASH_REMATCH[1]}" || :
}
