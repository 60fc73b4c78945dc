#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# A new lab works at once: made in a copy of the kit, its starters fail as starters do, its solutions
# get all points, its wrong answer gets its verdict, and its bad requests their sentences. Then
# docs/add-a-lab.md is followed to the letter: its commands are run, and its code fits what is on disk.

set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-new-lab-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
export MAKEFLAGS=
unset TWOFOLD # another stage of the tests may have exported the judge of the kit this is a copy of
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
fits() { make -s "build/tests/kit/$1" && "build/tests/kit/$1"; } # the kit's tests of all labs, this one too
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
ok "its first hint is its own" says "serial.c has one loop" build/bin/twofold hint total
ok "each of its failures has its hints" fits hints
ok "each of its predictions can be measured" fits predictions
ok "its wrong answer gets its verdict" build/tests/bin/mutants total
ok "its bad requests get their sentences" bad_requests
cp solutions/17-total/*.c labs/17-total
ok "as a solution it has all points" judged "Score: 100/100"
ok "and says why it works" grep -qF "No item needs another one" said
sed -i 's/^q1:.*/q1: 2/' labs/17-total/answers.txt
ok "what was predicted is measured" says "2 threads against serial" make -s predict LAB=total
ok "its starters can be put back" build/bin/twofold reset total --yes
ok "and are what they were" cmp labs/17-total/omp.c labs/17-total/.starter/omp.c

# -- docs/add-a-lab.md ------------------------------------------------------------------------------------

# The blocks of the page, page/1 page/2 ..., each with its kind in front: sh, diff, or the name of a file.
pieces() {
    mkdir page && awk -v q='`' '/^File / { split($0, part, q); name = part[2] }
        /^```[a-z]/ { inside = 1; kind = substr($0, 4); if (kind == "c") kind = name
            file = "page/" ++count; print kind >file; next }
        /^```$/ { inside = 0; close(file); next }
        inside { print >file }' docs/add-a-lab.md
}
follow() { # follow N: does what block N says
    local kind
    kind=$(head -n 1 "page/$1")
    tail -n +2 "page/$1" >piece
    case $kind in
    sh) bash -e piece >"page/$1.said" 2>&1 || { cat "page/$1.said" && false; } ;;
    diff) git apply -p0 piece ;;
    tests/mutants/*) cp piece "$kind" ;;
    *) echo "a block of the kind '$kind'" && false ;;
    esac
}
rm -rf labs/17-total solutions/17-total tests/labs/total.* tests/mutants/total
ok "add-a-lab.md: it has blocks" pieces
blocks=$(find page -type f | wc -l)
ok "add-a-lab.md: as many as we know" test "$blocks" -ge 10
for ((i = 1; i <= blocks; i++)); do
    ok "add-a-lab.md: block $i, $(sed -n 2p "page/$i" | cut -c1-60)" follow "$i"
done
last=$(grep -l 'mutants divisors' page/*.said 2>/dev/null || grep -l '^ok - divisors' page/*.said | head -n 1)
ok "add-a-lab.md: the solutions have all points" grep -q "Score: 100/100" "$last"
ok "add-a-lab.md: the wrong answers get their verdicts" grep -q '^ok - divisors: equal_blocks: SLOW' "$last"
ok "add-a-lab.md: nothing is not ok" test "$(grep -c '^not ok' "$last")" -eq 0
ok "add-a-lab.md: it is handed out" test -f build/handout-of-divisors/twofold/labs/17-divisors/divisors.h

# -- a lab of a course, outside the kit ---------------------------------------------------------------------

in=COURSE=$work/course
handed_out() {
    TWOFOLD_COURSE=course build/bin/twofold handout given --labs "hello sum" &&
        [ -f given/twofold/labs/51-sum/sum.h ] && [ -f given/twofold/tests/labs/sum.c ] &&
        cmp given/twofold/labs/51-sum/omp.c course/labs/51-sum/.starter/omp.c
}
judged_of_course() {
    make -s check LAB=sum "$in" >"$work/said" 2>&1 && grep -qF "$work/course/labs/51-sum/omp.c" "$work/said" &&
        grep -qF "Score: 0/100" "$work/said" && return
    cat "$work/said" && false
}
handed_in() { # from the course, with what is the lab's and no more
    make -s hand-in LAB=sum "$in" && [ "$(tar -tzf hand-in-sum-*.tar.gz | sort | tr '\n' ' ')" = \
        "sum/answers.txt sum/manifest.txt sum/mpi.c sum/omp.c " ] &&
        TWOFOLD_COURSE=course says "A whole hand-in of sum" build/bin/twofold hand-in sum --look hand-in-sum-*.tar.gz
}
# A platform's judge: the kit in it has the lab as one of its own. What is compiled here already is taken
# from here; the lab itself is built where it is judged.
packed_for_a_platform() {
    printf 'check mpi-far\npoints 10\ntitle many ranks\nneeds mpi-build\ncases mpi workers=6 n=577\n' >course/hidden/sum.txt
    TWOFOLD_COURSE=course build/bin/twofold autograder autolab sum packed --hidden course/hidden/sum.txt &&
        tar -C packed -xf packed/autograde.tar && tar -C packed/autograde -xzf packed/autograde/twofold.tar.gz && [ -f packed/autograde/twofold/solutions/51-sum/mpi.c ]
}
judged_on_a_platform() {
    (cd build && tar --exclude=sum --exclude='obj/*/sum' --exclude='obj/rubrics/sum.*' -cf - bin lib obj) |
        (mkdir packed/autograde/twofold/build && tar -C packed/autograde/twofold/build -xf -) &&
        make -s -C packed/autograde/twofold build/labs/sum build/solutions/sum build/rubrics/sum &&
        bash packed/autograde/one.sh sum course/solutions/51-sum autolab score ada &&
        says '{"scores":{"sum":110}}' cat score
}
of_another_course() { # the lab of the same name in another course is another lab
    mkdir other && cp -r course/{course.conf,labs,solutions,tests} other &&
        sed -i 's/"Course sums"/"Other sums"/' other/labs/51-sum/lab.c && touch -d '2 days ago' other/labs/51-sum/* &&
        make -s build/labs/sum "COURSE=$work/other" && says "Other sums" build/labs/sum --describe
}
ok "in a course: it is made there" says "$work/course there are now" \
    sh -c "make -s course OUT=course && make -s new-lab NAME=sum TITLE='Course sums' '$in'"
ok "in a course: of the kit nothing is changed" test -z "$(ls -d labs/*-sum solutions/*-sum tests/labs/sum.* tests/mutants/sum 2>/dev/null)"
ok "in a course: it is listed beside those of the kit" says "Course sums" make -s list "$in"
ok "in a course: without it the kit's stand alone" sh -c '! build/bin/twofold list | grep -q "Course sums"'
ok "in a course: it runs" says "items/s" make -s run LAB=sum "$in" ARGS=n=1000
ok "in a course: as a starter it is to be done" judged_of_course
ok "in a course: its first hint is its own" says "serial.c has one loop" make -s hint LAB=sum "$in"
ok "in a course: it is handed out" handed_out
ok "in a course: a batch job of it" says "#SBATCH --job-name=sum-mpi" env TWOFOLD_COURSE=course build/bin/twofold submit sum --dry-run
ok "in a course: it is handed in" handed_in
ok "in a course: it is packed for a platform" packed_for_a_platform
ok "in a course: and judged there" judged_on_a_platform
ok "in a course: another course's lab of this name is another lab" of_another_course

exit $status
