#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# twofold grade with the real judge: six students of 02-race, as they come.

set -u
kit=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-class-XXXXXX") || exit 2
chmod 755 "$work"
status=0
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
cd "$work" || exit 2

ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >ok.out 2>&1; then
        echo "ok - class: $name"
    else
        echo "not ok - class: $name"
        tail -n 20 ok.out log 2>/dev/null | sed 's/^/#   /'
        status=1
    fi
}
score() { # score OUT STUDENT: points and state
    awk -F, -v who="$2" '$1 == who { print $4, $6 }' "$1/grades.csv"
}
# lost STUDENT: the checks that cost points, but for those of speed, which a busy machine may cost
lost() {
    sed -nE 's/.*"student":"'"$1"'".*"check":"([^"]*)".*"verdict":"([A-Z]*)","points":([0-9.]+),"max_points":([0-9.]+),.*/\1 \2 \3 \4/p' \
        five/journal.jsonl | awk '$3 < $4 && $1 !~ /-speed$/' | sort -u
}
is() { [ "$1" = "$2" ] || { echo "it is '$1' and not '$2'" && false; }; }

mkdir -p real/{ada,bob,cyd,dee,fay}
cp "$kit"/solutions/02-race/*.c real/ada
cp "$kit"/solutions/02-race/*.c real/bob
cp "$kit/tests/mutants/race/rest_of_balls.c" real/bob/omp.c
cp "$kit"/labs/02-race/.starter/*.c real/cyd
echo rubbish >real/eva.zip
# Right wherever the rubric looks, and wrong at the one size that the instructor tells nobody.
cp "$kit"/solutions/02-race/*.c real/fay
sed -i 's/^void race_omp(struct race \*r) {/&\n    r->bin[0] += r->balls == 654321;/' real/fay/omp.c
cat >hidden.txt <<'END'
check  omp-far
points 10
title  threads lose no ball of many
needs  omp-equal
cases  omp workers=2 balls=654321
END
real() { "$kit/build/bin/twofold" grade --lab race real --out five --hidden hidden.txt --export all "$@" >log 2>&1; }
real
# Where no box can be made it refuses, and must.
if grep -q 'strangers.* code is judged in a sandbox, and none' log; then real --no-sandbox; fi
ok "six students: a solution, a mistake, a starter, nothing, a broken archive, a trick" is "$(for s in ada bob cyd dee eva fay; do score five $s; done | awk '{ print ($1 > 90 ? "most" : $1 > 0 ? "some" : "none"), $2 }' | paste -sd,)" \
    "most graded,some graded,none graded,none nothing,none nothing,most graded"
ok "a solution loses no point" is "$(lost ada)" ""
ok "the hidden check finds the trick, and costs its points alone" is "$(lost fay)" "omp-far WRONG 0 10"
ok "the journal has the case, and that it is hidden" grep -q '"check":"omp-far".*"balls":"654321".*"visibility":"hidden"' five/journal.jsonl
ok "the page says what was wrong, and not with what" is "$(grep -c 'threads lose no ball of many' five/pages/fay.html)$(grep -c 'What this check runs is not shown' five/pages/fay.html)" 11
ok "no page of a student and no export tells the case" is "$(grep -rl 654321 five/pages five/gradescope five/prairielearn five/autolab five/*.csv five/ctrf.json five/junit.xml)" ""
sed -i 's/^points.*/&\nvisibility after_published/' hidden.txt
real --published
if grep -q 'strangers.* code is judged in a sandbox, and none' log; then real --no-sandbox --published; fi
ok "when its visibility changes, nothing is judged anew" is "$(grep -c ' 0 to judge' log)$(grep -q 654321 five/pages/fay.html && echo told)" 1told
exit $status
