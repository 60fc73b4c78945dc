#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# A new lab works at once: made in a copy of the kit, its starters fail as starters do, its solutions
# get all points, its wrong answer gets its verdict, and its bad requests their sentences.

set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-new-lab-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
export MAKEFLAGS=
status=0

ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >"$work/ok.out" 2>&1; then
        echo "ok - new-lab: $name"
    else
        echo "not ok - new-lab: $name"
        tail -n 20 "$work/ok.out" | sed 's/^/#   /'
        status=1
    fi
}
says() { # says FRAGMENT COMMAND...: it ends well and says so
    local fragment=$1
    shift
    "$@" >"$work/said" 2>&1 && grep -qF -- "$fragment" "$work/said" && return
    cat "$work/said" && false
}
judged() { # judged FRAGMENT: the judge says so of the files in labs/; lost points are no error
    build/bin/twofold check total >"$work/said" 2>&1
    [ $? -le 1 ] && grep -qF -- "$1" "$work/said" && return
    cat "$work/said" && false
}
# What a lecturer writes for a simple kernel: lines of C but comments and empty ones.
lines() { cat "$@" | grep -cvE '^ *(//.*)?$'; }
few_lines() {
    local n
    n=$(lines labs/*-total/{total.h,serial.c,lab.c} solutions/*-total/*.c)
    [ "$n" -gt 20 ] && [ "$n" -lt 120 ] || { echo "$n lines" && false; }
}
formatted() { clang-format --dry-run -Werror labs/*-total/*.[ch] solutions/*-total/*.c tests/labs/total.c; }
bad_requests() {
    LAB=$PWD/build/solutions/total MPIRUN=$(build/tests/bin/limit --mpirun) build/tests/bin/rows total tests/labs/total.bad
}

tar --exclude=./.git --exclude=./build/{check,grade,corpus,cluster,san,clang,lint} -cf - . | tar -C "$work" -xf - || exit 2
cd "$work" || exit 2

ok "it is made" says "It works at once" make -s new-lab NAME=total TITLE='Totals | sums & samples'
ok "it has its title in the code" grep -qF '"Totals | sums & samples"' labs/17-total/lab.c
ok "it has its title in the handout" grep -qxF '# 17 total: Totals | sums & samples' labs/17-total/README.md
ok "of the template's words none is left" test -z "$(grep -rlE 'sample_|sample[.]|SAMPLE' labs/*-total/*.[ch] solutions/*-total tests/labs/total.* tests/mutants/total)"
ok "it has fewer than 120 lines of code" few_lines
command -v clang-format >/dev/null && ok "it has the form of the kit's own files" formatted
ok "it builds without a warning" make -s WERROR=1 build/labs/total build/solutions/total build/rubrics/total
ok "it stands in the list of labs" says "Totals | sums & samples" build/bin/twofold list
ok "as a starter it is to be done" judged "total_omp is not written yet"
ok "and has no points" grep -qF "Score: 0/100" said
ok "its wrong answer gets its verdict" build/tests/bin/mutants total
ok "its bad requests get their sentences" bad_requests
cp solutions/17-total/*.c labs/17-total
ok "as a solution it has all points" judged "Score: 100/100"
ok "its starters can be put back" build/bin/twofold reset total --yes
ok "and are what they were" cmp labs/17-total/omp.c labs/17-total/.starter/omp.c

exit $status
