#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# A semester, walked through: a course is made, its labs are handed out, five students hand in, they
# are graded, the rubric changes, they are graded anew, and every figure is that of the journal. The
# judge is the quick one of grade.sh: what the real one says is another test's business.

set -u
kit=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-semester-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
export GIT_CONFIG_GLOBAL=/dev/null JUDGED=$work/judged
cd "$work" || exit 2
status=0

ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >ok.out 2>&1; then
        echo "ok - semester: $name"
    else
        echo "not ok - semester: $name"
        tail -n 20 ok.out log 2>/dev/null | sed 's/^/#   /'
        status=1
    fi
}
is() { [ "$1" = "$2" ] || { echo "it is '$1' and not '$2'" && false; }; }
if ! ldd "$kit/build/bin/twofold-course" | grep -q libinih; then
    echo "ok - semester # SKIP course was built without inih, which reads course.conf"
    exit
fi
if ! ldd "$kit/build/bin/twofold-grade" | grep -q libarchive; then
    echo "ok - semester # SKIP grade was built without libarchive, which reads what is handed in"
    exit
fi

# A kit of its own, with the quick judge in it.
mkdir -p kit/build/bin kit/build/rubrics kit/build/solutions kit/build/lib
for part in labs solutions common docs slurm; do cp -r "$kit/$part" kit; done
mkdir -p kit/tests/labs kit/tests/driver && cp "$kit"/tests/labs/*.c kit/tests/labs && cp "$kit/tests/driver/rubric.c" kit/tests/driver
cp "$kit/Makefile" "$kit/LICENSE" "$kit/.clang-format" kit
for name in '' -grade -course -handout; do cp "$kit/build/bin/twofold$name" kit/build/bin; done
cp "$kit/build/rubrics/heat" kit/build/rubrics
cp "$kit/build/solutions/heat" kit/build/solutions
cp "$kit/tests/system/grade/judge.sh" kit/build/bin/twofold-check
T=kit/build/bin/twofold

# -- before it begins
ok "a course is made" $T course make course
sed -i 's/^timezone.*/timezone = Europe\/Berlin/; s/^;exports.*/exports = gradescope,junit/' course/course.conf
sed -i '/^\[lab/,$d' course/course.conf
cat >>course/course.conf <<'END'
[lab heat]
due    = 2026-12-11 23:59
late   = 1d 90, 3d 50
extend = dee 2026-12-15 23:59
END
printf '%s\n' ada,Ada bob,Bob cyd,Cyd dee,Dee eva,Eva >>course/roster.csv
ok "its labs are told" is "$($T course labs course)" heat
ok "they are handed out" $T handout out --labs "$($T course labs course)"

# -- five students: a solution, two wrong answers, a starter, nothing
student() { # NAME POINTS: works in the handout and hands in
    mkdir -p "$1" && tar -C "$1" -xzf out/twofold.tar.gz && mkdir -p "$1/twofold/build/bin" "$1/twofold/build/lib" course/submissions/heat || return
    cp "$kit/build/bin/twofold" "$kit/build/bin/twofold-hand-in" "$kit/build/bin/twofold-progress" "$1/twofold/build/bin"
    cp "$kit/build/lib/compile.txt" "$1/twofold/build/lib"
    echo "// $2" >"$1/twofold/labs/09-heat/omp.c"
    "$1/twofold/build/bin/twofold" hand-in heat >"$1/said" || return
    mkdir -p "course/submissions/heat/$1/$3" && cp "$1"/twofold/hand-in-heat-*.tar.gz "course/submissions/heat/$1/$3"
}
student ada 100 2026-12-11T20:00
student bob 62 2026-12-11T20:00
student cyd 40 2026-12-12T12:00
student dee 0 2026-12-12T12:00
ok "four have handed in" is "$(ls course/submissions/heat | tr '\n' ' ')" "ada bob cyd dee "
ok "what they handed in is of the kit that was handed out" is "$(tar -xzOf ada/twofold/hand-in-heat-*.tar.gz heat/manifest.txt | sed -n 's/^kit //p')" \
    "$(sed -n 's/^version //p' out/twofold/handout.txt)"

# -- graded, and every figure
grade() { $T course grade course heat --no-sandbox --seed 7 "$@" >log 2>&1; }
grade
ok "they are graded" is $? 0
figures() { # of every student: what the journal says is what stands in the gradebook, the pages, the exports
    local name points counted
    for name in ada bob cyd dee eva; do
        points=$(awk -F, -v who="$name" '$1 == who { print $4 }' course/heat/grades.csv)
        is "$points" "$(eval echo "\$$name")" || return
        grep -q ">$points<\|$points of\|$points points" "course/heat/pages/$name.html" || { echo "$name: the page does not say $points" && return 1; }
        grep -q "$points" "course/heat/class.html" || return
        counted=$(sed -n 's/.*"kind":"score".*"student":"'"$name"'".*"points":\([0-9.]*\).*/\1/p' course/heat/journal.jsonl | tail -n 1)
        [ -z "$counted" ] || is "$counted" "$points" || return
    done
    [ "$(ls course/heat/gradescope | wc -l)" -ge 4 ] && ls course/heat | grep -q junit
}
ada=100 bob=62 cyd=36 dee=0 eva=0
ok "marks, pages and exports say what the journal says; a day late counts 90 %" figures

# -- the rubric changes
cp course/heat/journal.jsonl before
echo >>kit/tests/labs/heat.c
grade
ok "under another rubric nothing is judged unasked" is "$?$(grep -c 'with REGRADE=1 all is judged anew' log)$(cmp before course/heat/journal.jsonl && echo same)" "21same"
: >judged
grade --regrade
ok "if asked, all is judged anew, and the scores are as before" is "$?$(sort -u judged | wc -l)" 04
ok "figures after it" figures
sed -i 's/^late.*/late   = 1d 50/' course/course.conf
cyd=20
grade
ok "another late policy makes other marks of the same journal" figures
ok "old and new score stand beside each other" grep -qE '36.*20' log
sed -i 's/^late.*/&\nattempts = 1\npoints = 50\nversions = omp\nshow = hidden/' course/course.conf
mkdir -p course/submissions/heat/bob/2026-12-11T21:00 && echo '// 90' >course/submissions/heat/bob/2026-12-11T21:00/omp.c
ada=50 bob=31 cyd=10
grade
ok "the course says which attempts and versions count, for how many points" figures
ok "and why that changed" grep -q '20 -> 10 (what the lab is worth changed' log
printf '[lab heat]\nversions = omp, mpi\n[lab race]\ncount = best\n' >counted.conf && mkdir counted && mv counted.conf counted/course.conf
TWOFOLD_COURSE=counted $T handout marked --labs "$($T course labs counted | tr '\n' ' ')" >/dev/null
ok "the handout says which versions are graded, of that lab alone" is \
    "$(grep -c 'Graded in this course: omp, mpi[.]' marked/twofold/labs/09-heat/README.md)$(grep -c 'Graded in' marked/twofold/labs/02-race/README.md)$(ls marked/twofold/labs/09-heat/hybrid.c | wc -l)" 101
ok "who handed in too often is told" grep -q 'bob handed in 2 times; only the first counts' log
ok "and what students see" grep -q 'What this check runs is not shown' course/heat/pages/bob.html

# -- the solution, from its date on
secret=$(grep -m 1 -o 'schedule(.*\|#pragma omp .*' "$kit/solutions/09-heat/omp.c" | sed 's/[<>&"]/./g')
shown() { # STUDENT: is the solution on the page, line for line?
    grep -q '<h2>The solution</h2>' "course/heat/pages/$1.html" && grep -qF -- "$secret" "course/heat/pages/$1.html"
}
nowhere() { # no line of it is in any page or export
    ! grep -rqF -- "$secret" course/heat/pages course/heat/gradescope course/heat/junit.xml && ! grep -rq 'The solution<' course/heat/pages
}
ok "before any date is said no page has a line of the solution" nowhere
sed -i 's/^show.*/show = hidden, solution 2999-12-18 12:00/' course/course.conf
grade
ok "nor before its date" nowhere
sed -i 's/^show.*/show = hidden, solution 2026-12-14 12:00/' course/course.conf
grade
ok "a date on which somebody may still hand in is refused" is "$?$(grep -c 'before the last hand-in can count' log)" 21
sed -i 's/^due.*/due    = 2001-12-11 23:59/; s/^extend.*/extend = dee 2001-12-15 23:59/; s/^show.*/show = hidden, solution 2001-12-20 12:00/' course/course.conf
grade
ok "from its date on the page has it beside what was handed in" shown bob
ok "with what is the student's own marked as that" grep -q -- '>-// 62$' course/heat/pages/bob.html
ok "who handed in nothing reads it, too" shown eva
ok "and why it works" grep -q "a halo of two rows every second step" course/heat/pages/eva.html
ok "what the course hides of checks stays hidden" grep -q 'What this check runs is not shown' course/heat/pages/bob.html
sed -i 's/^due.*/due    = 2026-12-11 23:59/; s/^extend.*/extend = dee 2026-12-15 23:59/; s/^show.*/show = hidden/' course/course.conf
grade
ok "without the date it is gone again" nowhere

sed -i 's/^versions.*/versions = opm/' course/course.conf
grade
ok "a version that no check is about is told" is "$?$(grep -c "no check of heat is about the version 'opm'" log)" 21
sed -i '/^attempts/d; /^points/d; /^versions/d; /^show/d' course/course.conf
rm -r course/submissions/heat/bob/2026-12-11T21:00
mkdir -p course/earlier/heat/2025/gus course/submissions/heat/fay/2026-12-11T20:00
cp "$kit/solutions/09-heat/omp.c" course/earlier/heat/2025/gus
{ echo '// 50' && cat "$kit/solutions/09-heat/omp.c"; } >course/submissions/heat/fay/2026-12-11T20:00/omp.c
grade
ok "what earlier classes handed in is compared with" grep -q '>fay</a></td><td class="l">gus, of the earlier class 2025<' course/heat/class.html
unpacked() { # STUDENT SCRIPT: hands in what ada did, her files edited by sed
    mkdir -p "course/submissions/heat/$1" && tar -C "course/submissions/heat/$1" -xzf ada/twofold/hand-in-heat-*.tar.gz && sed -i "$2" "course/submissions/heat/$1/heat/$3"
}
unpacked gil 's/^lab heat/lab race/' manifest.txt && unpacked hal '$a// 100' omp.c
grade
ok "a hand-in of another lab is told, and one whose manifest was edited" is \
    "$(grep -c 'gil: This is a hand-in of race, and not of heat' log)$(grep -c 'gil: .* Its manifest.txt was edited after' log)" 11
ok "a file that was changed after it was packed is told, on its page, too" is \
    "$(cat log course/heat/pages/hal.html | grep -c 'omp.c was changed after make hand-in had packed it[.]')" 2
ok "of what is whole nothing is said" is "$(grep -cE '^(ada|bob|cyd|dee): .*(hand-in|manifest)' log)" 0
rm -r course/submissions/heat/gil course/submissions/heat/hal
printf 'check omp-far\npoints 10\ntitle far\ncases omp n=4711\n' >course/hidden/heat.txt
grade
ok "hidden checks of the course are part of the rubric" is "$?$(grep -c 'with REGRADE=1 all is judged anew' log)" 21
grade --regrade
ok "with them the lab has more points" is "$?$(awk -F, '$1 == "ada" { print $4 }' course/heat/grades.csv)" 0110
$T handout other --labs "$($T course labs course)" >/dev/null
ok "no handout has them" is "$(grep -rl 4711 other/twofold/labs other/twofold/tests 2>/dev/null)$(find other -name 'heat.txt')" ""
sed -i 's/"kit":"[^"]*"/"kit":"99.0+g0"/' course/heat/journal.jsonl
grade
ok "a journal of a newer kit is not touched" is "$?$(grep -c 'grade with the newer kit' log)" 21
exit "$status"
