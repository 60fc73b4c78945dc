#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The linter for batch scripts: each case of slurm_lint.cases has the findings it names and no
# others, and its mended script has none. The scripts of slurm/ have none either.

set -u
T=$PWD/build/bin/twofold
cases=$PWD/tests/system/slurm_lint.cases
kit=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-lint-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
status=0

result() { # result NAME STATUS FILE
    if [ "$2" -eq 0 ]; then
        echo "ok - slurm-lint: $1"
    else
        echo "not ok - slurm-lint: $1"
        sed 's/^/#   /' "$3"
        status=1
    fi
}

lint() { "$T" slurm-lint --node-cpus 8 --node-memory 16000 "$@" >"$work/out" 2>&1; }

# One file a script, N.bad and N.good, and what must be found, a "LINE RULE" a line, in N.want.
awk -v dir="$work" '
    /^=== / {
        n++; part = "bad"
        for (i = 2; i < NF; i += 2) print $(i + 1), $i > (dir "/" n ".want")
        next
    }
    n == 0 { next }
    $0 == "---" { part = "good"; next }
    $0 == "@" { print "#!/bin/bash\n#SBATCH --time=00:05:00" > (dir "/" n "." part); next }
    { print > (dir "/" n "." part) }' "$cases"

cd "$work" || exit 2
count=0
for ((n = 1; ; n++)); do
    [ -e "$n.want" ] || break
    count=$((count + 1))
    rule=$(cut -d' ' -f2 "$n.want" | tr '\n' ' ')
    lint "$n.bad"
    code=$?
    sed -n 's/^[0-9]*\.bad:\([0-9]*\): .* \[\([a-z-]*\)\]$/\1 \2/p; s/^[0-9]*\.bad: .* \[\([a-z-]*\)\]$/0 \1/p' out |
        sort >got
    [ "$code" -eq 1 ] && sort "$n.want" | cmp -s - got && [ "$(grep -c '^    mend: .' out)" -eq "$(wc -l <got)" ]
    result "case $n, ${rule% }, is found, and nothing else" $? out
    lint "$n.good" && grep -qx 'Nothing was found.' out
    result "case $n, ${rule% }, mended" $? out
done
[ "$count" -ge 25 ]
result "there are 25 cases at least" $? "$cases"
printf '#!/bin/bash\r\n#SBATCH --time=00:05:00\r\nsrun ./a.out\r\n' >dos
! lint dos && grep -q '^dos:1: .* \[dos\]$' out
result "lines that end as on Windows" $? out
cd "$kit" || exit 2
lint slurm/*.sbatch
result "the scripts of slurm/ are clean" $? "$work/out"
for kind in omp mpi hybrid scaling contrast; do
    # As the kit fills them in: on two nodes where they can be.
    case $kind in
    omp) "$T" submit heat omp --cpus 4 --solution --dry-run ;;
    contrast) "$T" submit heat --kind contrast --solution --dry-run ;;
    *) "$T" submit heat --kind $kind --nodes 2 --solution --dry-run ;;
    esac >"$work/$kind.sbatch"
    mkdir -p build/jobs # which twofold submit makes before it calls sbatch
    lint "$work/$kind.sbatch"
    result "and so is $kind.sbatch, filled in" $? "$work/out"
done
exit "$status"
