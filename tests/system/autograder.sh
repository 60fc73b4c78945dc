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
if command -v zip >/dev/null; then
    ok "a zip for Gradescope" "$T" autograder gradescope "$lab" "$work/hello.zip"
    ok "it can be unpacked" python3 -m zipfile -e "$work/hello.zip" "$source"
    ok "its kit is whole" tar -C "$source" -xzf "$source/twofold.tar.gz"
    others=$(find "$source/twofold/solutions" "$source/twofold/labs" "$source/twofold/tests" -mindepth 1 \
        -type f ! -path "*/01-hello/*" ! -name hints.txt ! -name hello.c ! -name rubric.c)
    ok "with no other lab in it" test -z "$others"
    if [ "${WHOLE-}" ]; then
        ok "it sets up and builds" bash "$source/setup.sh"
    else
        ok "it can be built" make -C "$source/twofold" -n build
        export TWOFOLD_KIT=$PWD
    fi
    runs() { bash "$source/run_autograder" && python3 -m json.tool "$results" >"$work/results"; }
    ok "nothing handed in is judged" runs
    ok "and gets no point" holds "None of the lab's files was handed in: 0 points." "$work/results"
    cp "$solution/omp.c" "$AUTOGRADER/submission"
    cp labs/01-hello/.starter/mpi.c "$AUTOGRADER/submission"
    ln -s /etc/passwd "$AUTOGRADER/submission/passwd.c"
    ok "half a solution is judged" runs
    ok "what is right has points" holds '"status": "passed"' "$work/results"
    ok "what is not written has none" holds 'not written yet' "$work/results"
    ok "and one check is named by its sentence" holds '"name": "mpi.c is taken and built"' "$work/results"
    mkdir "$work/bin" # a container in which no sandbox can be made
    for program in /usr/bin/* /bin/*; do
        [ "${program##*/}" = bwrap ] || [ -e "$work/bin/${program##*/}" ] || ln -s "$program" "$work/bin"
    done
    cp "$solution/"*.c "$AUTOGRADER/submission"
    if [ -r "$T" ] && { [ "$(id -u)" -ne 0 ] || setpriv --reuid=60699 --regid=60699 --clear-groups test -x "$PWD/$T"; }; then
        ok "a solution is judged without a sandbox" env "PATH=$work/bin" bash "$source/run_autograder"
        ok "and its result says so" holds 'Judged without a sandbox' "$results"
        ok "with all points" holds '"score":100' "$results"
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
    ok "two files for Autolab" "$T" autograder autolab "$lab" "$work/autolab"
    mv "$work/autolab/autograde-Makefile" "$work/autolab/Makefile"
    tar -C "$solution" -czf "$work/autolab/hello.tar.gz" .
    score() { env "TWOFOLD_KIT=${TWOFOLD_KIT:-$source/twofold}" make --no-print-directory -C "$work/autolab" | tail -n 1 >"$work/score" && holds '{"scores":{"hello":100}}' "$work/score"; }
    ok "a hand-in is judged, and its score is the last line" score
else
    echo "ok - autograder: two files for Autolab # SKIP grade was built without libarchive"
fi

# -- GitHub Classroom -----------------------------------------------------------------------------------------

workflow=$work/github/.github/workflows/classroom.yml
ok "a workflow for GitHub Classroom" "$T" autograder github "$lab" "$work/github"
ok "it names the lab" holds 'id: lab' "$workflow"
if command -v jq >/dev/null; then
    # The step that judges, as the runner would run it.
    judges() {
        sed -n '/id: lab/,/- name: report/p' "$workflow" | sed '1,2d; $d; s/^          //' >"$work/step.sh"
        mkdir -p "$work/runner"
        env "RUNNER_TEMP=$work/runner" "GITHUB_OUTPUT=$work/runner/output" bash -e "$work/step.sh" &&
            sed -n 's/^result=//p' "$work/runner/output" | base64 -d | jq -e '.version == 1 and .status == "fail"
                and .max_score > 0 and (.tests | length) > 3 and all(.tests[]; has("score") and has("message"))'
    }
    ok "its step makes the result that the reporter reads" judges
else
    echo "ok - autograder: the step of the workflow # SKIP jq is not installed"
fi
exit "$status"
