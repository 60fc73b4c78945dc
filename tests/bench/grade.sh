#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# grade.sh [N [KINDS]]: how long does a class of N submissions (300) of heat take, made of its solution and
# its wrong answers, or of the first KINDS of them? LAB=hello: of another lab. It is held against bare runs: `twofold check` of one of each kind, alone, with no
# sandbox and no class around it, times how many there are of the kind. What a class adds, boxes, journals,
# pages and marks, is to cost no more than 15 % of all bare runs spread over the cores; what timing alone
# leaves idle counts against it, too. Printed, and no test: a busy machine tells nothing.

set -u
cd "$(dirname "$0")/../.." || exit 2
count=${1:-300} kinds=${2:-1000} lab=${LAB:-heat}
unset LAB
for number in "$count" "$kinds"; do
    if [[ ! $number =~ ^[1-9][0-9]{0,3}$ ]]; then
        echo "bench: '$number' is not a number of submissions: make bench-grade N=300." >&2
        exit 2
    fi
done
T=build/bin/twofold
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-bench-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
tests/system/grade/class.sh "$lab" "$count" "$work" "$kinds" || exit 2
cores=$(nproc)
box=()
# Where no box can be made the figure is that of a class without one, and says so.
bwrap --unshare-all --ro-bind / / true 2>/dev/null || box=(--no-sandbox)

microseconds() { echo "${EPOCHREALTIME/[.,]/}"; }
bare=0 different=0
while read -r copies kind; do
    name=$(awk -v kind="$kind" '$2 == kind { print $1; exit }' "$work/kinds")
    begin=$(microseconds)
    $T check "$lab" --from "$work/class/$name" --student "$name" --seed 1 --json --no-sandbox --journal "$work/bare" >/dev/null 2>&1
    took=$(($(microseconds) - begin))
    bare=$((bare + copies * took)) different=$((different + 1))
    printf '%8.1f s  %4d times  %s\n' "$((took / 1000))e-3" "$copies" "$kind"
done < <(awk '{ print $2 }' "$work/kinds" | sort | uniq -c)

begin=$(microseconds)
if ! $T grade "$work/class" --lab "$lab" --out "$work/out" --seed 1 "${box[@]}" >"$work/said" 2>&1; then
    tail -n 5 "$work/said" >&2
    echo "bench: not all of the class could be judged." >&2
    exit 1
fi
took=$(($(microseconds) - begin))
awk -v wall="$took" -v bare="$bare" -v cores="$cores" -v count="$count" -v kinds="$different" -v box="${box[*]}" 'BEGIN {
    ratio = wall / (bare / cores)
    printf "grade: %d submissions of %d kinds in %.0f s, %.1f a minute, on %d cores%s\n", count, kinds, wall / 1e6,
        count / (wall / 6e7), cores, (box ? " without a sandbox" : "")
    printf "grade: bare runs one after another %.0f s, over the cores %.0f s: %.2f of that (to reach: 1.15 or less): %s\n",
        bare / 1e6, bare / cores / 1e6, ratio, (ratio <= 1.15 ? "reached" : "MISSED")
}'
