#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What students get: no line of a solution, every command of their guide, and updates that leave
# their own files alone. The kit is copied first, and its instructor has worked in the copy.

set -u
kit=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-handout-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
export GIT_CONFIG_GLOBAL=/dev/null
status=0

ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >"$work/ok.out" 2>&1; then
        echo "ok - handout: $name"
    else
        echo "not ok - handout: $name"
        tail -n 20 "$work/ok.out" | sed 's/^/#   /'
        status=1
    fi
}
nothing() { [ -z "$1" ] || { printf '%s\n' "$1" | head -n 10 && false; }; } # nothing TEXT: it is empty
is() { [ "$1" = "$2" ] || { echo "it is '$1' and not '$2'" && false; }; }
says() { # says STATUS FRAGMENT COMMAND...
    local want=$1 fragment=$2 got
    shift 2
    "$@" >"$work/said" 2>&1
    got=$?
    [ "$got" -eq "$want" ] && { [ -z "$fragment" ] || grep -qF -- "$fragment" "$work/said"; } && return
    echo "status $got; it said:" && cat "$work/said" && false
}
git_is_here() { command -v git >/dev/null; }

# -- a kit in which somebody works ------------------------------------------------------------------------

mkdir -p "$work/kit/build/bin"
tar --exclude=./build --exclude=./.git -cf - . | tar -C "$work/kit" -xf -
cp build/bin/twofold build/bin/twofold-handout build/bin/twofold-update "$work/kit/build/bin"
cd "$work/kit" || exit 2
for lab in labs/*/; do
    mkdir -p "$lab.starter"
    for file in "${lab/labs/solutions}"*.c; do
        [ -e "$lab.starter/${file##*/}" ] || cp "$lab${file##*/}" "$lab.starter"
    done
    cp "${lab/labs/solutions}"*.c "$lab" 2>/dev/null
    mkdir -p "${lab}saved-20260101-120000" && cp "${lab/labs/solutions}"*.c "${lab}saved-20260101-120000"
    sed 's/^\(q[0-9]*:\).*/\1 THE INSTRUCTORS ANSWER/' "${lab}answers.txt" >a && mv a "${lab}answers.txt"
done
ok "it is made" says 0 "is what students get" build/bin/twofold handout "$work/out"
tree=$work/out/twofold

# -- what may not be in it ----------------------------------------------------------------------------------

# Lines of solutions, longer than 20 characters without the blanks around them, that stand nowhere in what
# the kit gives: starters, contracts, what is given for comparison, hints, the engine room.
lines() { sed 's/^[[:space:]]*//; s/[[:space:]]*$//' "$@" | awk 'length > 20' | sort -u; }
# A student's own file is given as its starter, which test-labs looks at.
own=$(cd "$kit" && ls solutions/*/*.c | sed 's/^solutions/labs/')
(cd "$kit" && lines solutions/*/*.c) >"$work/solution"
(cd "$kit" && find labs common slurm docs tests/labs tests/driver/rubric.c -type f ! -path 'labs/*/saved-*' ! -path 'common/cli/grade*' ! -path 'slurm/grade*' |
    grep -vxF "$own" | tr '\n' '\0' | xargs -0 cat "$work"/kit/labs/*/.starter/*.c) | lines - >"$work/given"
comm -23 "$work/solution" "$work/given" >"$work/secret"
leaks() { # DIRECTORY: lines of a solution in it
    (cd "$1" && find . -name .git -prune -o -type f -print0 | xargs -0 cat | lines - | comm -12 - "$work/secret")
}
ok "there are lines of every solution that are nowhere else" is "$(cd "$kit" && for lab in solutions/*/; do
    lines "$lab"*.c | comm -12 - "$work/secret" | head -n 1 | wc -l
done | sort -u)" 1
ok "no line of a solution is in it" nothing "$(leaks "$tree")"
cp -r "$tree" "$work/leaky" && cp "$kit/solutions/09-heat/mpi.c" "$work/leaky/labs/09-heat/guess.c"
ok "one that were in it would be found" is "$(leaks "$work/leaky" | wc -l | awk '{ print ($1 > 5) }')" 1
rm -r "$work/leaky"
ok "every student's file in it is the starter" is "$(cd "$tree" && for file in labs/*/.starter/*.c; do
    cmp "$file" "${file/.starter\//}" 2>&1
done)" ""
ok "no answer is in it, and every question" is "$(grep -rc "THE INSTRUCTORS" "$tree/labs" | grep -v ':0')$(cat "$tree"/labs/*/answers.txt | grep -c '^q')" \
    "$(cat "$kit"/labs/*/answers.txt | grep -c '^q')"
ok "no solution, wrong answer, attack, saved copy or made file is in it" nothing \
    "$(cd "$tree" && find . -name solutions -o -name mutants -o -name hostile -o -name 'saved-*' -o -name build -o -name '*.o' -o -name '*.bad')"
ok "nothing in it names the tests of the kit" nothing "$(cd "$tree" && grep -rnE 'tests/(mutants|hostile|system)|hidden/' . --exclude-dir=.git | head)"
ok "of commands for teaching there is none" nothing "$(cd "$tree" && find . -name 'grade*' -o -name 'handout.sh' -o -name 'new-lab*' -o -name 'course*' | grep -v '^./.git/')"
ok "links of its pages lead somewhere" nothing "$(cd "$tree" && for page in README.md docs/*.md labs/*/README.md; do
    grep -oE '\]\([^)#:]+\)' "$page" | tr -d '()]' | grep -v '^\.\./labs/' | while read -r to; do
        [ -e "$(dirname "$page")/$to" ] || echo "$page: $to"
    done
done)"
ok "the archive is the tree" is "$(tar -tzf "$work/out/twofold.tar.gz" | grep -v '/$' | sed 's/^twofold/./' | sort | md5sum)" \
    "$(cd "$tree" && find . -type f -not -path './.git/*' | sort | md5sum)"
! git_is_here || ok "the repository has one commit, and all in it" is "$(git -C "$tree" rev-list --all --count)$(git -C "$tree" status --short)" 1

# -- some labs, and what a student does with them -------------------------------------------------------------

ok "of two labs named in two ways there is nothing else in it" is "$(build/bin/twofold handout "$work/two" --labs "heat 2" >/dev/null
    cd "$work/two/twofold" && ls labs tests/labs | tr '\n' ' ')" "labs: 02-race 09-heat hints.txt  tests/labs: heat.c race.c "
student=$work/student
tar -C "$work" -xzf "$work/two/twofold.tar.gz" && mv "$work/twofold" "$student"
cd "$student" || exit 2
# What the kit has compiled of the same sources need not be compiled again.
mkdir build && (cd "$kit/build" && tar --exclude='obj/solutions' --exclude='obj/cli/grade*' -cf - obj lib) | tar -C build -xf -
make=(env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make --no-print-directory)
types() { says "$1" "$2" "${make[@]}" "${@:3}"; } # types STATUS FRAGMENT WORDS...
T=build/bin/twofold
ok "make build" types 0 "" -s build
"${make[@]}" >help
ok "make lists what works here, and nothing for teaching" is \
    "$(grep -cE '^ *make (run|check|hand-in|update) ' help)$(grep -cE 'make (test|bench|grade|handout|new-lab|course) ' help)" 40
cp "$kit/solutions/09-heat/omp.c" labs/09-heat
ok "make run" types 0 "equal to the serial one" run LAB=heat VERSION=omp WORKERS=2 ARGS="n=40 steps=2 --check"
"${make[@]}" check LAB=heat ARGS="--only omp-speed" >said 2>&1
ok "make check" grep -q '^ok     10/10  threads give the serial plate' said
ok "speed is told against serial.c, and who grades it" grep -qE 'speed-up [0-9.]+, which is an efficiency|with a core each' said
ok "compare" says 0 "Machine: " $T contrast --labs heat --repeat 1 n=40 steps=2
ok "check of a starter" says 1 "TODO" $T check heat --only mpi-equal
ok "make hint" types 0 "Hint 1 of 3" hint LAB=heat
ok "trace" says 0 "build/trace.json" $T trace --lab heat --version omp --workers 2 n=40 steps=2
ok "predict" says 0 "Nothing is predicted yet" $T predict heat
ok "progress" says 0 "09 heat" $T progress
ok "diff has nothing to show" says 2 "came without a solution" $T diff heat
ok "list" says 0 "versions  serial" $T list
ok "make submit" types 0 "#SBATCH --job-name=heat-mpi" submit LAB=heat DRY=1
ok "explore" says 1 "" $T explore
cp "$kit/solutions/09-heat/mpi.c" labs/09-heat && echo 'void heat_hybrid(struct heat *h' >labs/09-heat/hybrid.c
ok "make hand-in says what does not build" types 0 "hybrid.c does not compile: hybrid.c:" hand-in LAB=heat
ok "it says what the check found, and what was saved after it" is "$(grep -cE 'The last check gave [0-9]+ of [0-9]+ points|was saved after that check|no answer yet' "$work/said")" 3
ok "it packs the lab's files and no others" is "$(tar -tzf hand-in-heat-*.tar.gz | sort | tr '\n' ' ')" \
    "heat/answers.txt heat/hybrid.c heat/manifest.txt heat/mpi.c heat/omp.c "
ok "it is whole" says 0 "A whole hand-in of heat" $T hand-in heat --look hand-in-heat-*.tar.gz
ok "once more it is another file" is "$($T hand-in heat >/dev/null; ls hand-in-heat-*.tar.gz | wc -l)" 2
ok "make watch" says 124 "" timeout 5 "${make[@]}" watch LAB=heat ARGS="--only omp-build"
ok "reset" says 0 "09-heat/omp.c is the starter again" $T reset heat --version omp --yes

# -- updates ----------------------------------------------------------------------------------------------------

cd "$work/kit" || exit 2
ok "a handout of the same kit again changes nothing" says 0 "is up to date" build/bin/twofold handout "$work/two" --labs "heat race"
! git_is_here || git clone -q "$work/two/twofold" "$work/pulls" 2>/dev/null
for there in "$student" "$work/pulls"; do
    [ -d "$there" ] || continue
    echo '// mine' >"$there/labs/09-heat/omp.c"
    echo 'q1: mine' >"$there/labs/09-heat/answers.txt"
done
echo '# mine' >>"$student/slurm/site.conf"
cp "$student/labs/09-heat/serial.c" "$work/serial.c"
# The next kit: a file changed, one new, one gone, a starter and questions changed, a further lab.
echo '// newer' >>labs/09-heat/serial.c
echo '# newer' >>slurm/site.conf
echo '// newer' >>labs/09-heat/.starter/omp.c
echo '# newer' >>labs/09-heat/answers.txt
echo '// newer' >labs/09-heat/newer.h
rm labs/09-heat/survey.h
ok "of a newer kit it is an update" says 0 "is updated" build/bin/twofold handout "$work/two" --labs "heat race hello"
updated() { # DIRECTORY: a student's tree after the update
    (cd "$1" && is "$(cat labs/09-heat/omp.c labs/09-heat/answers.txt)" "// mine
q1: mine" && tail -n 1 labs/09-heat/serial.c | grep -q newer && tail -n 1 labs/09-heat/.starter/omp.c | grep -q newer &&
        [ -f labs/09-heat/newer.h ] && [ ! -e labs/09-heat/survey.h ] && cmp labs/01-hello/omp.c labs/01-hello/.starter/omp.c)
}
ok "a broken archive changes nothing" is "$(cd "$student" && head -c 100000 "$work/two/twofold.tar.gz" >b.tar.gz
    says 2 "cannot be unpacked" build/bin/twofold update b.tar.gz && cmp labs/09-heat/serial.c "$work/serial.c" && echo same)" same
ok "make update brings it, and no file of the student's is touched" says 0 "files changed" \
    "${make[@]}" -C "$student" update FROM="$work/two/twofold.tar.gz"
ok "after it the tree is the newer kit's" updated "$student"
ok "what the student had changed of the kit is kept" is "$(cat "$student"/saved-*/slurm/site.conf | tail -n 1)$(tail -n 1 "$student/slurm/site.conf")" "# mine# newer"
ok "once more it changes nothing" says 0 ": 0 files changed" "${make[@]}" -C "$student" update FROM="$work/two/twofold"
if git_is_here; then
    git -C "$work/pulls" -c user.name=s -c user.email=s@localhost commit -qam mine
    ok "a student who commits has it by git pull" says 0 "" git -C "$work/pulls" -c user.name=s -c user.email=s@localhost pull -q --no-rebase --no-edit
    ok "after it the tree is the newer kit's, too" updated "$work/pulls"
fi
sed -i 's/^made 20/made 30/' "$student/handout.txt"
ok "an older handout is refused" says 2 "before this tree" "$student/build/bin/twofold" update "$work/two/twofold"
echo '// worked in' >>"$work/two/twofold/labs/09-heat/heat.h"
ok "a handout that somebody works in is not updated" is "$(says 2 "labs/09-heat/heat.h is not as it was handed out" \
    build/bin/twofold handout "$work/two" && tail -n 1 "$work/two/twofold/labs/09-heat/heat.h")" "// worked in"
exit "$status"
