#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# verdicts_soak.sh [N [RUNS]]: the same N submissions (50) of heat are graded RUNS times (20), with the same
# cases, while another program has one core to compute on. No verdict may be another than the first time;
# UNGRADED may come and go, for it says that the machine was busy. What differs is shown. LAB=hello: of
# another lab.

set -u
cd "$(dirname "$0")/../.." || exit 2
count=${1:-50} runs=${2:-20} lab=${LAB:-heat}
unset LAB
for number in "$count" "$runs"; do
    if [[ ! $number =~ ^[1-9][0-9]{0,3}$ ]]; then
        echo "verdicts_soak: '$number' is not a number: tests/system/verdicts_soak.sh 50 20." >&2
        exit 2
    fi
done
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-verdicts-XXXXXX") || exit 2
busy=
trap 'kill $busy 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
tests/system/grade/class.sh "$lab" "$count" "$work" || exit 2
(while :; do :; done) &
busy=$!
[ "$(nproc)" -lt 2 ] || taskset -cp 0 $busy >/dev/null 2>&1
box=()
bwrap --unshare-all --ro-bind / / true 2>/dev/null || box=(--no-sandbox)

# Who, which check, which verdict: the last line counts, unless it is INFRA.
verdicts() {
    sed -n 's/.*"student":"\([^"]*\)".*"check":"\([^"]*\)".*"verdict":"\([^"]*\)".*/\1 \2 \3/p' "$1" |
        awk '!(($1, $2) in last) || $3 != "INFRA" { last[$1, $2] = $0 } END { for (i in last) print last[i] }' | sort
}
changed=0 compared=0
for ((run = 1; run <= runs; run++)); do
    build/bin/twofold grade "$work/class" --lab "$lab" --out "$work/out$run" --seed 1 "${box[@]}" >"$work/said" 2>&1 ||
        { tail -n 3 "$work/said" && changed=$((changed + 1)); }
    verdicts "$work/out$run/journal.jsonl" >"$work/$run"
    rm -rf "$work/out$run"
    compared=$((compared + $(wc -l <"$work/$run")))
    join -j 1 -a 1 -a 2 -e MISSING -o 0,1.2,2.2 <(sed 's/ /:/' "$work/1") <(sed 's/ /:/' "$work/$run") |
        awk -v run="$run" '$2 != $3 && $2 != "UNGRADED" && $3 != "UNGRADED" {
            split($1, who, ":"); print "run " run ": " who[1] ", " who[2] ": " $3 ", and " $2 " the first time" }' >"$work/differ"
    while read -r line; do
        student=${line#*: } && student=${student%%,*}
        echo "$line ($(awk -v who="$student" '$1 == who { print $2 }' "$work/kinds"))"
    done <"$work/differ"
    changed=$((changed + $(wc -l <"$work/differ")))
    echo "$SECONDS s: run $run of $runs, $(grep -c UNGRADED "$work/$run") UNGRADED"
done
echo "$count submissions graded $runs times beside a busy program: $compared verdicts, $changed changed"
[ "$changed" -eq 0 ]
