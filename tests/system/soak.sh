#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# soak.sh [TIMES [RUNS]]: the judge, again and again: is it always of the same opinion?
#
# The solutions of each lab are judged TIMES times (100) and must get all points each time. The wrong
# answers of tests/mutants, the starters and the solutions are judged in RUNS full runs (20), and each
# must get its verdict each time. Every run draws new cases. What went wrong is shown with the SEED that
# makes it again, and kept in build/tests/soak. In the environment: LAB=heat looks at that lab alone.
# It takes hours; Ctrl-C ends it with the counts up to then.

cd "$(dirname "$0")/../.." || exit 2
times=${1:-100} runs=${2:-20} only=${LAB:-}
unset LAB SEED
for number in "$times" "$runs"; do
    if [[ ! $number =~ ^[0-9]{1,6}$ ]]; then
        echo "soak: '$number' is not a number of times: make soak N=100 RUNS=20." >&2
        exit 2
    fi
done
log=build/tests/soak
mkdir -p "$log"
labs=()
for dir in labs/*/; do
    name=$(basename "$dir")
    name=${name#*-}
    { [ -z "$only" ] || [ "$only" = "$name" ]; } && [ -x "build/solutions/$name" ] &&
        [ -d "tests/mutants/$name" ] && labs+=("$name")
done
if [ ${#labs[@]} -eq 0 ]; then
    echo "soak: there is no lab '$only' with wrong answers that is built here." >&2
    exit 2
fi

declare -A good bad full
begin=$SECONDS stopped=
trap 'stopped=yes' INT TERM

# judge LAB KIND [NAME ...]: one call; counts what it said.
judge() {
    local lab=$1 kind=$2 file=$log/$1.$2.last
    shift 2
    build/tests/bin/mutants "$lab" "$@" >"$file" 2>&1 || true
    [ -z "$stopped" ] || return 0 # cut off: it says nothing
    ((good[$lab.$kind] += $(grep '^ok - ' "$file" | grep -vc 'there are wrong answers')))
    ((bad[$lab.$kind] += $(grep -c '^not ok - ' "$file")))
    if ! grep -q '^ok - ' "$file" || grep -q '^not ok - ' "$file"; then
        grep -q '^not ok - \|^ok - ' "$file" || ((bad[$lab.$kind] += 1))
        cp "$file" "$log/$lab.$kind.$(date +%Y%m%d-%H%M%S)"
        grep -v '^ok - ' "$file"
    fi
}

for lab in "${labs[@]}"; do
    for kind in solutions all; do good[$lab.$kind]=0 bad[$lab.$kind]=0; done
    full[$lab]=0
done
for ((run = 1; run <= runs && ${#stopped} == 0; run++)); do
    for lab in "${labs[@]}"; do
        [ -z "$stopped" ] || break
        judge "$lab" all
        [ -n "$stopped" ] || ((full[$lab] += 1))
    done
    echo "$((SECONDS - begin)) s: full run $run of $runs"
done
for ((time = 1; time <= times && ${#stopped} == 0; time++)); do
    for lab in "${labs[@]}"; do
        [ -z "$stopped" ] || break
        judge "$lab" solutions solutions
    done
    ((time % 10)) || echo "$((SECONDS - begin)) s: the solutions, $time of $times times"
done

wrong=0
[ -z "$stopped" ] || echo "Stopped; up to then:"
for lab in "${labs[@]}"; do
    ((wrong += bad[$lab.all] + bad[$lab.solutions]))
    echo "$lab: full runs: ${full[$lab]}, verdicts: $((good[$lab.all] + bad[$lab.all])), wrong: ${bad[$lab.all]};" \
        "the solutions passed ${good[$lab.solutions]} of" \
        "$((good[$lab.solutions] + bad[$lab.solutions])) times"
done
echo "$wrong wrong in $((SECONDS - begin)) s"
[ "$wrong" -eq 0 ] && [ -z "$stopped" ]
