#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Runs the tests of the kit: tests/run.sh [STAGE ...], all stages if none is named.
#
# A stage runs programs that print a line a test, "ok - NAME" or "not ok - NAME", and "# ..." lines
# about the line before. What a program prints is kept in build/tests/log; here only what failed is
# shown. A program that ends badly without saying which test failed counts as a failed test. A
# stage that fails does not stop the next. The last line is "N passed, N failed".
#
# What waits for other processes depends, now and then, on what else the machine does: a program of the
# stages that say tries=2 in which a test fails is run once more, and what failed at first is said and
# counted. What builds, what is killed at random instants, and solutions have one try, so that what is lost
# or wrong once in many times is seen; wrong answers, attacks and the programs of tests/observe have rules
# of their own (tests/driver).
#
# In the environment: LAB=heat looks at that lab alone, COURSE=dir at the labs of a course, too. The
# cases of labs, wrong answers and attacks are those of SEED=1, so that a run that fails can be run
# again; SEED=N makes others, and make soak draws new ones each time.

[ -z "${COURSE:-}" ] || { COURSE=$(realpath -e "$COURSE") || exit 2; } && export COURSE
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C
stages=(build format lint clang kit labs mutants hostile observe input grade course cluster minimal)
only=${LAB:-} # of the labs
export TWOFOLD_COURSE=${COURSE:-} # a course that has labs of its own
seed=${SEED:-1}
unset LAB SEED
jobs=2 # programs at once: they share the machine with the ranks they start
waits=cluster # where all run, the stage that mostly waits runs beside those that only compute
make=(env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL "${MAKE:-make}" --no-print-directory --silent -j "$jobs")
log=build/tests/log
limit=build/tests/bin/limit
passed=0 failed=0 skipped=0 table=()
tries=1 # of a program of this stage

rm -rf "$log"
mkdir -p "$log"
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/twofold-test-XXXXXX") || exit 2
export TMPDIR
chmod 711 "$TMPDIR" # some tests give up root and still need to get there
# Launches of Open MPI 4 share a directory, and the last one to end removes it: one that begins at that
# instant would fail. So there is always something in it.
host=$(uname -n)
mkdir -p -m 700 "$TMPDIR/ompi.${host%%.*}.$(id -u)" && mkdir "$TMPDIR/ompi.${host%%.*}.$(id -u)/kept"
# Programs run side by side: ranks that wait must not burn the cores of the others.
export OMPI_MCA_mpi_yield_when_idle=1
# Nor must each load what hwloc could say of graphics cards and PCI devices: a third of a launch.
export HWLOC_PLUGINS_PATH=/nonexistent HWLOC_COMPONENTS=-linux:pci,-linux:io
child='' now='' beside='' running=() # numbers of what runs now: limit ends the rest
stop() {
    trap '' INT TERM HUP
    kill $now $beside 2>/dev/null
    wait
    trap - EXIT
    rm -rf "$TMPDIR"
    echo "Stopped."
    exit 130
}
trap stop INT TERM HUP
trap 'chmod -R u+rwx "$TMPDIR"; rm -rf "$TMPDIR"' EXIT

seconds() { echo "${EPOCHREALTIME/[.,]/}"; } # in microseconds, really
took() { awk -v t="$(($(seconds) - $1))" 'BEGIN { printf "%.1f", t / 1e6 }'; }

# attempt NAME FILE COMMAND ...: runs it and keeps what it says in FILE.tap and FILE.err.
attempt() {
    local name=$1 file=$2 status
    shift 2
    "$@" >"$file.tap" 2>"$file.err" </dev/null &
    child=$!
    wait "$child" # and not in the foreground: a trap would have to wait for its end
    status=$?
    if [ "$status" -ne 0 ] && ! grep -q '^not ok - ' "$file.tap"; then
        echo "not ok - $name: it runs to its end" >>"$file.tap"
        echo "# it ended with status $status; $(grep '^ok' "$file.tap" | tail -n 1 |
            sed 's/^ok - /the last test that passed was /')" >>"$file.tap"
        tail -n 25 "$file.err" | sed 's/^/#   /' >>"$file.tap"
    elif ! grep -qE '^(not )?ok - ' "$file.tap"; then
        echo "not ok - $name: it runs a test" >>"$file.tap"
    fi
}

# one NAME SECONDS COMMAND ...: runs a program of the stage.
one() {
    local name=$1 most=$2 file begin
    shift 2
    file=$log/$stage.${name//[^a-z0-9_-]/.}
    begin=$(seconds)
    if [ -x "$limit" ]; then set -- "$limit" "$most" "$@"; else set -- timeout -k 5 "$most" "$@"; fi
    attempt "$name" "$file" "$@"
    if [ "$tries" -gt 1 ] && grep -q '^not ok - ' "$file.tap"; then
        cp "$file.tap" "$file.first"
        attempt "$name" "$file" "$@"
        sed -n "s|^not ok - |# $name was run once more; at first this failed: |p" "$file.first" >>"$file.tap"
    fi
    echo "$(took "$begin") $name" >>"$log/$stage.times"
}

# Starts one ... beside the others, as soon as fewer than $jobs run.
start() {
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n; done
    {
        trap 'kill "$child" 2>/dev/null; wait "$child"; exit 143' TERM
        one "$@"
    } &
    mapfile -t running < <(jobs -rp)
}

# says NAME COMMAND ...: a test that passes when the command ends with status 0.
says() {
    local name=$1 text
    shift
    if text=$("$@" 2>&1); then
        echo "ok - $name"
    else
        echo "not ok - $name"
        tail -n 60 <<<"$text" | sed 's/^/#   /'
        return 1
    fi
}

has() { command -v "$1" >/dev/null; }
# Can strangers' code be boxed here? Without a box nothing holds what root starts: a fork bomb has no
# end, and kill(-1) reaches everybody.
boxed() { has bwrap && bwrap --unshare-all --ro-bind / / true 2>/dev/null; }

# -- stages -----------------------------------------------------------------------------------------

about_build="everything builds with warnings as errors"
stage_build() {
    one build 900 tests/system/build.sh "${make[@]}"
}

about_format="clang-format agrees with every C file"
stage_format() {
    one format 120 tests/system/format.sh
}

about_lint="clang-tidy has nothing to say about common/"
stage_lint() {
    if has clang-tidy; then
        one lint 900 tests/system/each.sh lint "${make[@]}" -k lint-check
    else
        echo "ok - lint # SKIP clang-tidy is not installed" >"$log/lint.tap"
    fi
}

about_clang="clang compiles every C file without a warning"
stage_clang() {
    if has clang; then
        one clang 900 tests/system/each.sh clang "${make[@]}" -k clang-check
    else
        echo "ok - clang # SKIP clang is not installed" >"$log/clang.tap"
    fi
}

about_kit="unit tests of common/, on 1 to 4 ranks where they need any, and under sanitizers"
stage_kit() {
    tries=2 jobs=4 # most of them wait for a program that hangs to be ended
    # Sanitizers: Open MPI itself leaks a little, so leaks are looked for without ranks only.
    export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=allocator_may_return_null=1
    local program name ranks
    start runner 120 tests/kit/selftest.sh
    for program in tests/kit/*.c; do
        name=$(basename "$program" .c)
        program=build/tests/kit/$name
        case $name in
        runner | selftest_runner) ;;
        mpi_*)
            for ranks in 1 2 3 4; do start "$name on $ranks" 120 -n "$ranks" "$program"; done
            ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 \
                start "$name on 3, sanitized" 240 -n 3 "build/san/tests/kit/$name"
            ;;
        *)
            start "$name" 120 "$program"
            start "$name, sanitized" 240 "build/san/tests/kit/$name"
            ;;
        esac
    done
    wait
    MPIRUN=$("$limit" --mpirun) TOY=$PWD/build/san/tests/bin/toy \
        ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 \
        one program 600 build/tests/bin/rows toy tests/kit/program.rows
}

# The directories of the labs: those of the kit, and of the course, if COURSE names one.
lab_dirs() { ls -d labs/*/ ${COURSE:+"$COURSE"/labs/[0-9]*/} 2>/dev/null; }

about_labs="rubrics against the solutions, starters, result files"
stage_labs() {
    local dir name
    export SEED=$seed
    for dir in $(lab_dirs); do
        name=$(basename "$dir")
        name=${name#*-}
        [ -z "$only" ] || [ "$only" = "$name" ] || continue
        if [ -x "build/tests/labs/$name" ]; then
            start "$name" 900 "build/tests/labs/$name" "$name"
        elif [ -x "build/solutions/$name" ]; then
            echo "not ok - $name: it has a rubric, tests/labs/$name.c" >"$log/labs.$name.tap"
        else
            echo "ok - $name # SKIP it is not built here: $(head -n 1 "$dir/needs" 2>/dev/null)" \
                >"$log/labs.$name.tap"
        fi
    done
    wait
}

about_mutants="wrong answers: the judge finds what is wrong in each, and nothing in the solutions"
stage_mutants() {
    local dir name
    export SEED=$seed
    [ -n "$only" ] || export LEAST=6 # wrong answers of each lab of the kit
    # Each looks at four answers at a time.
    for dir in $(lab_dirs); do
        name=$(basename "$dir")
        name=${name#*-}
        [ -z "$only" ] || [ "$only" = "$name" ] || continue
        [ "${dir#labs/}" != "$dir" ] || unset LEAST # a lecturer's own lab has as many as there are
        if [ -x "build/solutions/$name" ]; then
            one "$name" 900 build/tests/bin/mutants "$name"
        else
            echo "ok - $name # SKIP it is not built here: $(head -n 1 "$dir/needs" 2>/dev/null)" \
                >"$log/mutants.$name.tap"
        fi
    done
}

about_observe="small programs that are wrong: diagnose finds it, and nothing in their right twins"
stage_observe() {
    local why status
    mkdir -p build/tests/observe
    one mpi 900 build/tests/bin/observe tests/observe/mpi
    one apart 900 build/tests/bin/observe tests/observe/mpi apart
    why=$(build/bin/twofold diagnose tests/observe/omp/counter_right.c 2>&1)
    status=$?
    if [ "$status" -eq 3 ]; then
        echo "ok - races # SKIP $why" >"$log/observe.races.tap"
    else
        one races 900 build/tests/bin/races tests/observe/omp
        one hybrid 900 build/tests/bin/races tests/observe/hybrid -t 3
        one buffers 900 build/tests/bin/races tests/observe/buffers -t 1
        one sharing 300 build/tests/bin/races tests/observe/sharing
    fi
}

about_hostile="attacks on the judge: each gets its verdict, reaches nothing and leaves nothing behind"
stage_hostile() {
    local dir name count
    export SEED=$seed
    count=$(find tests/hostile -name '*.c' | wc -l)
    [ "$count" -ge 60 ] && echo "ok - $count attacks, at least 60" >"$log/hostile.count.tap" ||
        echo "not ok - $count attacks, and at least 60 are asked for" >"$log/hostile.count.tap"
    for dir in tests/hostile/*/; do
        name=$(basename "$dir")
        [ -z "$only" ] || [ "$only" = "$name" ] || continue
        if ! boxed; then
            echo "ok - $name # SKIP no sandbox can be made here; make doctor says why" \
                >"$log/hostile.$name.tap"
        elif [ -x "build/solutions/$name" ]; then
            one "$name" 900 build/tests/bin/mutants --hostile "$name"
        else
            echo "ok - $name # SKIP it is not built here" >"$log/hostile.$name.tap"
        fi
    done
}

about_input="bad input: one clear sentence, the right exit status, nothing left behind"
stage_input() {
    tries=2
    local file name forks=
    MPIRUN=$("$limit" --mpirun)
    export MPIRUN ROOT=$PWD ORIGIN=$PWD/build/bin/origin TWOFOLD=$PWD/build/bin/twofold
    "${make[@]}" build/debug/hello >/dev/null
    for file in tests/labs/*.bad ${COURSE:+"$COURSE"/tests/labs/*.bad} tests/system/*.bad; do
        [ -f "$file" ] || continue
        name=$(basename "$file" .bad)
        [ -z "$only" ] || [ "$only" = "$name" ] || continue
        export LAB=$PWD/build/solutions/$name
        if [[ $file = *tests/labs/* ]] && [ ! -x "$LAB" ]; then
            echo "ok - $name.bad # SKIP $name is not built here" >"$log/input.$name.tap"
        elif [ "$name" = forks ] && ! boxed; then
            echo "ok - forks.bad # SKIP no sandbox can be made here" >"$log/input.$name.tap"
        elif [ "$name" = semester ] && ! ldd build/bin/twofold-course | grep -q libinih; then
            echo "ok - semester.bad # SKIP course was built without inih" >"$log/input.$name.tap"
        elif [ "$name" = archives ] && ! ldd build/bin/twofold-grade | grep -q libarchive; then
            echo "ok - archives.bad # SKIP grade was built without libarchive" >"$log/input.$name.tap"
        elif [ "$name" = forks ]; then
            forks=$file
        else
            start "$name" 900 build/tests/bin/rows "$name" "$file"
        fi
    done
    wait
    # A limit of processes counts those of a user: nothing else is judged beside these.
    [ -z "$forks" ] || one forks 900 build/tests/bin/rows forks "$forks"
}

about_cluster="a Slurm cluster of virtual nodes: labs on nodes, batch scripts, faults, nothing left"
stage_cluster() {
    tries=2
    one slurm-lint 120 tests/system/slurm_lint.sh
    one cluster 600 tests/system/cluster.sh
}

about_grade="a class is judged: killed at any instant nothing is lost, doubled or different"
stage_grade() {
    one grade 600 tests/system/grade.sh
    tries=2 one class 600 tests/system/class.sh
}

about_course="a course: the tree that students get, and what comes of it"
stage_course() {
    tries=2 jobs=3
    start new-lab 900 tests/system/new_lab.sh # the longest first
    start autograder 900 tests/system/autograder.sh
    start handout 900 tests/system/handout.sh
    start pages 300 tests/system/pages.sh
    start semester 600 tests/system/semester.sh
    wait
}

about_minimal="builds and runs with a compiler, MPI and libc alone, and with another MPI"
stage_minimal() {
    tries=2
    one minimal 600 tests/system/minimal.sh
    one mpich 600 tests/system/mpich.sh
}

# -- run --------------------------------------------------------------------------------------------

# Counts what the stage's programs said and shows what failed.
sum_up() {
    local good bad skip longest files=("$log/$stage."*tap)
    skip=$(cat "${files[@]}" | grep -c '^ok - .* # SKIP')
    good=$(($(cat "${files[@]}" | grep -c '^ok - ') - skip))
    bad=$(grep -h '^not ok - ' "${files[@]}" | sort -u | wc -l)
    awk '/ SEED=|judged alone|looked at once more|was run once more/ { print "   " $0; next } /^(not )?ok - / { shown = /^not/ || / # SKIP / } shown { print "   " $0 }' "${files[@]}"
    longest=$(sort -rn "$log/$stage.times" 2>/dev/null | head -n 3 |
        awk '{ t = $1; $1 = ""; printf "%s%s %s s", (NR > 1 ? "," : ""), $0, t }')
    printf '   %d passed, %d failed%s in %s s;%s\n' "$good" "$bad" \
        "$([ "$skip" -gt 0 ] && echo ", $skip skipped")" "$1" "${longest:+ longest:}${longest:- nothing ran}"
    table+=("$(printf '%7s s  %s' "$1" "$stage")")
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skip))
    if [ $((good + bad + skip)) -eq 0 ]; then
        echo "   a stage that tests nothing has failed"
        failed=$((failed + 1))
    fi
}

# Runs $stage in a shell of its own: what it exports, and the programs it waits for, are its alone.
run_stage() {
    local begin
    trap 'kill "${running[@]}" $child 2>/dev/null; wait; exit 143' TERM
    begin=$(seconds)
    "stage_$stage"
    took "$begin" >"$log/$stage.took"
}

begin=$(seconds)
for stage in "${@:-${stages[@]}}"; do
    if ! declare -F "stage_$stage" >/dev/null; then
        echo "There is no stage $stage; the stages are: ${stages[*]}." >&2
        exit 2
    fi
    about=about_$stage
    echo "== $stage: ${!about}"
    if [ "$stage" = "$waits" ] && [ -n "$beside" ]; then
        now=$beside beside=
    else
        run_stage &
        now=$!
    fi
    wait "$now"
    sum_up "$(cat "$log/$stage.took")"
    if [ $# -eq 0 ] && [ "$stage" = build ]; then
        stage=$waits
        run_stage &
        beside=$!
    fi
done
echo "== $(took "$begin") s in all, logs in $log; the longest stages:"
printf '%s\n' "${table[@]}" | sort -rn | head -n 4
again=$(cat "$log"/*tap 2>/dev/null | grep -cE '^# .*(judged alone|looked at once more|was run once more)')
[ "$again" -eq 0 ] || echo "$again tried twice: what failed at first stands above."
[ "$skipped" -eq 0 ] || echo "$skipped skipped: what this machine cannot show, and why, stands above."
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
