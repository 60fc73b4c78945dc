#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What is packed for Gradescope, Autolab and GitHub Classroom, called as they call it. The kit in it is
# built for real with WHOLE=1 (make soak); else make has to know how to, and this kit judges in its place.

set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-autograder-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
chmod 711 "$work" # without a sandbox another user judges
T=build/bin/twofold
lab=hello solution=solutions/01-hello
status=0
ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >"$work/ok.out" 2>&1; then
        echo "ok - autograder: $name"
    else
        echo "not ok - autograder: $name"
        tail -n 20 "$work/ok.out" | sed 's/^/#   /'
        status=1
    fi
}
holds() { grep -qF -- "$1" "$2" || { cat "$2" && false; }; } # holds TEXT FILE

# -- Gradescope ---------------------------------------------------------------------------------------------

export AUTOGRADER=$work/autograder
source=$AUTOGRADER/source results=$AUTOGRADER/results/results.json
mkdir -p "$source" "$AUTOGRADER/submission"
# An instructor's own check, whose case students must not see, and a salt of their own cases.
mkdir -p "$work/course/hidden"
printf '[course]\nsalt = autumn-4711\n[lab hello]\ndue = 2026-12-11 23:59\n' >"$work/course/course.conf"
printf 'check mpi-far\npoints 10\ntitle many ranks greet\nneeds mpi-build\ncases mpi workers=6 n=577\n' >"$work/course/hidden/$lab.txt"
own=(--hidden "$work/course/hidden/$lab.txt" --variants autumn-4711)
if ldd build/bin/twofold-course | grep -q libinih; then own=(--course "$work/course"); fi
seed_of() { # seed_of SALT STUDENT: as common/cli/grade/variant.h says
    python3 -c 'import hashlib, sys
print(1 + int(hashlib.sha256("".join(w + "\0" for w in sys.argv[1:]).encode()).hexdigest()[:12], 16) % 1000000000)' "$1" "$lab" "$2"
}

if command -v zip >/dev/null; then
    ok "a zip for Gradescope, with hidden checks and a salt" "$T" autograder gradescope "$lab" "$work/hello.zip" "${own[@]}"
    ok "it can be unpacked" python3 -m zipfile -e "$work/hello.zip" "$source"
    ok "its kit is whole" tar -C "$source" -xzf "$source/twofold.tar.gz"
    others=$(find "$source/twofold/solutions" "$source/twofold/labs" "$source/twofold/tests" -mindepth 1 \
        -type f ! -path "*/01-hello/*" ! -name hints.txt ! -name hello.c ! -name rubric.c)
    ok "with no other lab in it" test -z "$others"
    ok "the hidden checks and the salt are not of the kit" [ "$(grep -rlE 'mpi-far|autumn-4711' "$source/twofold/labs" "$source/twofold/tests" "$source/twofold/solutions" "$source"/run_autograder "$source"/*.sh | wc -l)$(cat "$source/salt")" = 0autumn-4711 ]
    ok "and jq is installed, which says who handed in" grep -q "^packages='.*\bjq\b" "$source/setup.sh"
    if [ "${WHOLE-}" ]; then
        ok "it sets up and builds" bash "$source/setup.sh"
    else
        ok "it can be built" make -C "$source/twofold" -n build
        export TWOFOLD_KIT=$PWD
    fi
    runs() { bash "$source/run_autograder" && python3 -m json.tool "$results" >"$work/results"; }
    if ! command -v jq >/dev/null; then # a zip without a salt is judged without it
        rm "$source/salt"
        echo "ok - autograder: cases of one's own on Gradescope # SKIP jq is not installed"
    else
        ok "where nobody says who handed in it does not guess" runs
        ok "and blames nobody for that" holds "it is not your fault" "$work/results"
    fi
    echo '{"id": 7, "users": [{"email": "Bob@example.org", "id": 2}, {"email": "ada@example.org", "id": 1}]}' >"$AUTOGRADER/submission_metadata.json"
    ok "nothing handed in is judged" runs
    ok "and gets no point" holds "None of the lab's files was handed in: 0 points." "$work/results"
    # Right wherever the rubric looks, and wrong at the one size that students are not told.
    sed 's/i < h->n; i += ranks/i < h->n - (h->n == 577); i += ranks/' "$solution/mpi.c" >"$AUTOGRADER/submission/mpi.c"
    cp labs/01-hello/.starter/omp.c "$AUTOGRADER/submission"
    ln -s /etc/passwd "$AUTOGRADER/submission/passwd.c"
    ok "half a solution is judged" runs
    ok "what is right has points" holds '"status": "passed"' "$work/results"
    ok "what is not written has none" holds 'not written yet' "$work/results"
    ok "and one check is named by its sentence" holds '"name": "mpi.c is taken and built"' "$work/results"
    hidden() { grep -A 9 'many ranks greet' "$work/results"; } # what is said of the hidden check
    ok "the hidden check finds what the rubric does not" grep -q WRONG <(hidden)
    ok "it is hidden, and its case is told nowhere" [ "$(hidden | grep -c '"visibility": "hidden"')$(grep -c 577 "$work/results")" = 10 ]
    [ ! -e "$source/salt" ] ||
        ok "the cases are those of who handed in" holds "make check LAB=hello SEED=$(seed_of autumn-4711 ada@example.org)\`" "$work/results"
    mkdir "$work/bin" # a container in which no sandbox can be made
    for program in /usr/bin/* /bin/*; do
        [ "${program##*/}" = bwrap ] || [ -e "$work/bin/${program##*/}" ] || ln -s "$program" "$work/bin"
    done
    cp "$solution/"*.c "$AUTOGRADER/submission"
    if [ -r "$T" ] && { [ "$(id -u)" -ne 0 ] || setpriv --reuid=60699 --regid=60699 --clear-groups test -x "$PWD/$T"; }; then
        ok "a solution is judged without a sandbox" env "PATH=$work/bin" bash "$source/run_autograder"
        ok "and its result says so" holds 'Judged without a sandbox' "$results"
        ok "with all points" holds '"score":110' "$results"
    else
        echo "ok - autograder: without a sandbox # SKIP others than root cannot read $PWD"
    fi
    broken=$work/broken
    mkdir -p "$broken/source"
    cp "$source/run_autograder" "$source/one.sh" "$broken/source"
    ok "a judge that is broken says so" env -u TWOFOLD_KIT "AUTOGRADER=$broken" bash "$source/run_autograder"
    ok "and blames nobody" holds "it is not your fault" "$broken/results/results.json"
else
    echo "ok - autograder: a zip for Gradescope # SKIP zip is not installed"
fi

# -- Autolab --------------------------------------------------------------------------------------------------

if ldd build/bin/twofold-grade | grep -q libarchive; then
    ok "two files for Autolab, with hidden checks and a salt" "$T" autograder autolab "$lab" "$work/autolab" "${own[@]}"
    ok "and the lines that tell a job who handed in" holds '"student=" + who' "$work/autolab/who.rb"
    mv "$work/autolab/autograde-Makefile" "$work/autolab/Makefile"
    tar -C "$solution" -czf "$work/autolab/hello.tar.gz" .
    unnamed() { ! make --no-print-directory -C "$work/autolab" >"$work/score" 2>&1 && holds 'Nobody said who handed this in' "$work/score"; }
    ok "without them it says so, and gives no score" env "TWOFOLD_KIT=${TWOFOLD_KIT:-$source/twofold}" bash -c "$(declare -f unnamed holds); work=$work unnamed"
    : >"$work/autolab/student=ada@example.org"
    score() { env "TWOFOLD_KIT=${TWOFOLD_KIT:-$source/twofold}" make --no-print-directory -C "$work/autolab" | tail -n 1 >"$work/score" && holds '{"scores":{"hello":110}}' "$work/score"; }
    ok "a hand-in is judged, and its score is the last line" score
else
    echo "ok - autograder: two files for Autolab # SKIP grade was built without libarchive"
fi

# -- GitHub Classroom -----------------------------------------------------------------------------------------

workflow=$work/github/.github/workflows/classroom.yml
ok "a workflow for GitHub Classroom" "$T" autograder github "$lab" "$work/github" "${own[@]}"
ok "it says why the hidden checks are left out, and has another word for a salt" \
    [ "$(grep -c 'students can read all that judges them' "$work/ok.out")$(grep -cE 'autumn-4711|mpi-far|577' "$workflow")$(grep -cE '^ *salt=[0-9a-f]{16}$' "$workflow")" = 101 ]
ok "it names the lab" holds 'id: lab' "$workflow"
if command -v jq >/dev/null; then
    # The step that judges, as the runner would run it.
    judges() {
        sed -n '/id: lab/,/- name: report/p' "$workflow" | sed '1,2d; $d; s/^          //' >"$work/step.sh"
        mkdir -p "$work/runner"
        env GITHUB_REPOSITORY=class/hello-ada "RUNNER_TEMP=$work/runner" "GITHUB_OUTPUT=$work/runner/output" bash -e "$work/step.sh" &&
            sed -n 's/^result=//p' "$work/runner/output" | base64 -d | jq -e '.version == 1 and .status == "fail"
                and .max_score > 0 and (.tests | length) > 3 and all(.tests[]; has("score") and has("message"))'
    }
    ok "its step makes the result that the reporter reads" judges
    ok "with cases of the repository's own" holds "\"base_seed\":$(seed_of "$(sed -n 's/^ *salt=//p' "$workflow")" hello-ada)," "$work/runner/journal"
else
    echo "ok - autograder: the step of the workflow # SKIP jq is not installed"
fi
exit "$status"
