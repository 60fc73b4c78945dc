#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The cluster in a box, for real: it comes up, labs run on its nodes and give the serial result,
# jobs meet the faults that docs/cluster-guide.md describes, and nothing is left at the end. As
# root all of it, and once more in short as an ordinary user; as an ordinary user as that one.
#
# It waits for states, never for times: `until_it` has a limit that only a broken cluster reaches.

set -u
kit=$PWD
T=$kit/build/bin/twofold
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-cluster-XXXXXX") || exit 2
chmod 755 "$work"
export TWOFOLD_CLUSTER=$work/box
status=0
as=() # how to become whom the cluster belongs to

cleanup() {
    "${as[@]}" "$T" cluster down >/dev/null 2>&1
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

result() { # result NAME STATUS [FILE-TO-SHOW | COMMAND-THAT-SHOWS WORDS...]
    if [ "$2" -eq 0 ]; then
        echo "ok - cluster: $1"
    else
        echo "not ok - cluster: $1"
        if [ $# -gt 2 ] && [ ! -f "$3" ]; then
            "${@:3}" 2>&1
        else
            cat "${3:-$work/out}"
        fi | tail -n 15 | sed 's/^/#   /'
        status=1
    fi
}
check() { # check NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    "$@" >"$work/out" 2>&1
    result "$name" $?
}
says() { # says NAME TEXT COMMAND...: it must print TEXT, whatever its status
    local name=$1 text=$2
    shift 2
    "$@" >"$work/out" 2>&1
    grep -qF -- "$text" "$work/out"
    result "$name" $?
}
until_it() { # until_it SECONDS COMMAND...: tries until it succeeds
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}
cluster() { "${as[@]}" "$T" cluster "$@"; }
on() { cluster run "$@"; } # on the login node
# What the box has started, on whichever machine we are: processes that name its place.
left() {
    local process words found=0
    for process in /proc/[0-9]*; do
        words=$(cat "$process/cmdline" "$process/environ" 2>/dev/null | tr '\0' ' ')
        case $words in
        *"/room.sh $TWOFOLD_CLUSTER"* | *"/node.sh $TWOFOLD_CLUSTER"* | *"SLURM_CONF=$TWOFOLD_CLUSTER"*)
            echo "${process##*/} ${words:0:80}"
            found=1
            ;;
        esac
    done
    return "$found"
}
lab() { # lab COMMAND...: runs it on the login node; its result must be the serial one
    if on "$@" >"$work/lab" 2>&1 && grep -q 'equal to the serial one' "$work/lab"; then return; fi
    cat "$work/lab"
    return 1
}
sent() { cluster traffic | awk -v node="$1" '$1 == node { print $2 }'; }

# -- up, labs on nodes --------------------------------------------------------------------------------

bring_up() { # bring_up WHO NODES
    cluster up --nodes "$2" --cpus 3 --quiet >"$work/out" 2>&1
    case $? in
    0) result "$1: $2 nodes come up" 0 ;;
    2)
        echo "ok - cluster: $1: $2 nodes come up # SKIP $(sed 's/^twofold cluster: //' "$work/out")"
        return 1
        ;;
    *)
        result "$1: $2 nodes come up" 1
        return 1
        ;;
    esac
}

nodes_are_machines() {
    local before
    [ "$(on srun -N 4 hostname | sort | tr '\n' ' ')" = "node1 node2 node3 node4 " ]
    result "each node has its own name" $? "$TWOFOLD_CLUSTER/log/slurmctld.log"
    on srun -w node1 -n 1 touch /tmp/here
    check "a node's /tmp is its own" on srun -w node2 -n 1 test ! -e /tmp/here
    says "a node does not take what is around the box for its own" "[][]" env TMPDIR=/tmp/nosuch \
        SLURM_JOB_ID=99 "$T" cluster run bash -c 'echo "[${TMPDIR-}][${SLURM_JOB_ID-}]"'
    check "the kit is on every node" on srun -w node3 -n 1 test -x "$T"
    before=$(sent node2)
    check "heat on ranks of two nodes by srun" lab srun -N 2 -n 4 build/solutions/heat \
        --version mpi --check n=200 steps=20
    [ "$(sent node2)" -gt $((before + 100 * 8 * 20)) ]
    result "its halos crossed the network" $? cluster traffic
    check "heat on ranks of two nodes by mpirun" lab salloc -Q -N 2 -n 4 mpirun \
        build/solutions/heat --version mpi --check n=200 steps=20
}

# Small problems of the labs that have large ones by default.
small() {
    case $1 in
    heat) echo "n=200 steps=20" ;;
    mandelbrot) echo "n=200 iterations=500" ;;
    fetch) echo "objects=16 latency=5" ;;
    words) echo "kb=1024 files=8" ;;
    gil) echo "tasks=8 numbers=500 pause=2" ;;
    ipc) echo "count=200" ;;
    esac
}

# Every lab: threads and processes of its own on a node, ranks and ranks with threads on 1, 2 and 4 nodes.
labs_on_nodes() {
    local program name version run nodes
    for program in build/solutions/*; do
        name=${program##*/}
        while read -r version run; do
            for nodes in 1 2 4; do
                case $run in
                threads | processes)
                    [ "$nodes" -eq 1 ] || continue
                    case $version in py*) command -v python3 >/dev/null || continue ;; esac
                    # shellcheck disable=SC2046 # words
                    check "$name $version on a node" lab srun -N 1 -n 1 -c 2 "$program" \
                        --version "$version" --workers 2 --check $(small "$name")
                    ;;
                ranks | hybrid)
                    # shellcheck disable=SC2046 # words
                    check "$name $version, 4 ranks on $nodes of the nodes" lab srun -O -N "$nodes" \
                        -n 4 "$program" --version "$version" --check $(small "$name")
                    ;;
                esac
            done
        done < <("$program" --describe |
            sed -n 's/.*"kind":"version","name":"\([^"]*\)","run":"\([^"]*\)".*/\1 \2/p')
    done
}

network_is_shaped() {
    check "a latency is taken" cluster shape 1ms 100
    check "heat on two nodes, 1 ms apart" lab srun -N 2 -n 2 build/solutions/heat --version mpi \
        --check n=100 steps=20
    # A step waits for a message: 20 of them cannot take less than 20 ms, on whichever machine.
    awk '$1 == "time" { exit !($2 > 20 || $3 ~ /^s/) }' "$work/lab"
    result "each step takes 1 ms at least" $? "$work/lab"
    check "the latency is taken away" cluster shape 0 0
}

# salloc starts them on the login node, and their ranks are on two others.
observed() { cluster run salloc -Q -N 2 -n 2 "$T" "$@"; }
observer_sees_nodes() {
    local program=$TWOFOLD_CLUSTER/hang trace=$TWOFOLD_CLUSTER/trace
    says "diagnose finds nothing in heat on two nodes" "Nothing was found" observed diagnose -n 2 \
        build/solutions/heat --version mpi n=64 steps=3
    mpicc -g -o "$program" tests/observe/mpi/barrier_against_receive.c
    says "diagnose says who waits for whom on two nodes" "to which rank 1 has not come; rank 1" \
        observed diagnose -n 2 "$program"
    says "diagnose says so, too, where the nodes share no memory" "to which rank 1 has not come; rank 1" \
        observed diagnose --apart -n 2 "$program"
    says "diagnose finds nothing in heat where the nodes share no memory" "Nothing was found" \
        observed diagnose --apart -n 2 build/solutions/heat --version mpi n=64 steps=3
    says "trace puts two nodes together" "6 messages were sent" observed trace -n 2 \
        -o "$TWOFOLD_CLUSTER/trace.json" build/solutions/heat --version mpi n=64 steps=3
    grep -qE '^rank 1 ' "$work/out"
    result "trace has a line for the rank of the other node" $? "$work/out"
    says "trace puts nodes together that share no memory" "6 messages were sent" observed trace -n 2 --apart \
        -o "$TWOFOLD_CLUSTER/apart.json" build/solutions/heat --version mpi n=64 steps=3
    [ "$(grep -c '"ph":"f"' "$TWOFOLD_CLUSTER/apart.json")" -eq 6 ]
    result "and draws an arrow for each" $?
    # A board that the nodes do not share: here a file that none of them has.
    mkdir "$trace"
    check "where nodes share no memory a program runs as ever" lab salloc -Q -N 2 -n 2 mpirun \
        -x LD_PRELOAD="$kit/build/lib/check.so" -x TWOFOLD_BOARD=/nosuch -x TWOFOLD_BOARD_NODES=yes \
        -x TWOFOLD_TRACE="$trace" build/solutions/heat --version mpi --check n=64 steps=3
    [ "$(find "$trace" -name '*.mpi' | wc -l)" -eq 2 ]
    result "and each rank of it can be traced" $? ls "$trace"
}

contrast_has_nodes() {
    "$T" contrast --solutions heat n=64 steps=10 --repeat 1 --json >"$work/out" 2>&1
    # Each row on two ranks was right there, and has a time.
    awk '/"kind":"row"/ && /"run":"(ranks|hybrid)","workers":2,/ { rows++; if (!/"nodes":2,"nodes_time":[0-9]/) bad++ }
         /"kind":"row"/ && /"run":"threads"/ && !/"nodes":0,"nodes_time":null/ { bad++ }
         END { exit !(rows >= 1 && !bad) }' "$work/out"
    result "the contrast has a column of two nodes" $?
}

# -- batch scripts ------------------------------------------------------------------------------------

# submits NAME ARGUMENTS...: a job of twofold submit ends well and its result is the serial one.
submits() {
    local name=$1
    shift
    check "make submit: $name" "$T" submit --solution "$@"
    case $* in *--check*)
        grep -q 'equal to the serial one' "$work/out"
        result "$name: the result is the serial one" $?
        ;;
    esac
}

scripts_run() {
    local script
    submits "threads" heat omp --cpus 2 n=200 steps=20 --check
    grep -q 'Every process has CPUs of its own' "$work/out"
    result "a job says where its processes run" $?
    submits "ranks on two nodes" heat mpi --nodes 2 --tasks 4 n=200 steps=20 --check
    submits "ranks with threads on two nodes" heat hybrid --nodes 2 --cpus 2 n=200 steps=20 --check
    sed 's/^LAUNCHER=/LAUNCHER=mpirun/' slurm/site.conf >"$TWOFOLD_CLUSTER/site.conf"
    export TWOFOLD_SITE=$TWOFOLD_CLUSTER/site.conf
    submits "ranks by mpirun" heat mpi --nodes 2 --tasks 4 n=200 steps=20 --check
    submits "ranks with threads by mpirun" heat hybrid --nodes 2 n=200 steps=20 --check
    unset TWOFOLD_SITE
    submits "scaling" heat --kind scaling --nodes 2 --tasks 2 n=256 steps=2
    # A table of two lines for each kind of scaling; the times are for nobody here.
    [ "$(grep -cE '^ +[12] +[0-9.]+ .* % ' "$work/out")" -eq 4 ]
    result "scaling: it ends with both tables" $?
    submits "the contrast" heat --kind contrast n=64 steps=10 --budget=2
    grep -q '^ *mpi  *2 ' "$work/out"
    result "the contrast: its table has two ranks" $?
    # As they stand, by sbatch alone: small problems by the environment that they read.
    for script in omp mpi hybrid; do
        check "sbatch slurm/$script.sbatch as it stands" on env SOLUTION=yes \
            "ARGS=n=100 steps=5 --check" sbatch -W --output="$TWOFOLD_CLUSTER/$script.out" "slurm/$script.sbatch"
        grep -q 'equal to the serial one' "$TWOFOLD_CLUSTER/$script.out"
        result "slurm/$script.sbatch: the result is the serial one" $? "$TWOFOLD_CLUSTER/$script.out"
    done
    says "a starter's job ends as the starter does" "ended as FAILED, status 3" "$T" submit heat mpi
    says "Slurm refuses what it has not" "Slurm did not take the job" "$T" submit --solution heat mpi \
        --nodes 9
    check "doctor --site sees the cluster" on "$T" doctor --site
    says "doctor --site proposes a launcher" "LAUNCHER=" on "$T" doctor --site
}

# A lab of a course's own is built where the course says, and runs on the nodes like one of the kit's. In
# a copy of the kit that the nodes see, so that the kit's own build does not come to know it.
course_runs() {
    local tree=$TWOFOLD_CLUSTER/tree
    mkdir "$tree" && tar --exclude=./.git --exclude=./build/{tests,check,grade,corpus,cluster,san,clang,lint} -cf - . |
        tar -C "$tree" -xf -
    check "a course has a lab of its own" env -u TWOFOLD MAKEFLAGS= sh -c "cd '$tree' && mkdir course &&
        touch course/course.conf && build/bin/twofold new-lab sum --course course"
    # (The course is named as a lecturer does, by a path that holds where she types.)
    check "make submit: a lab of a course" env -u TWOFOLD MAKEFLAGS= make -s -C "$tree" submit LAB=sum VERSION=mpi \
        COURSE=course NODES=2 ARGS="--solution --check n=1000"
    grep -q 'equal to the serial one' "$work/out"
    result "a lab of a course: the result is the serial one" $?
    says "a lab of a course: the job's script stays to be read" "LAB=sum VERSION=mpi" cat "$tree/build/jobs/sum-mpi.sbatch"
}

# -- a class ------------------------------------------------------------------------------------------

# A kit of its own with a judge that is quick (grade/judge.sh), where all nodes see it, and a class:
# points that are told, and one whose judge does not end the first time. Each student has cases of their
# own, and there is a hidden check, in a file that no node sees.
class=$TWOFOLD_CLUSTER/class
make_class() {
    local name
    mkdir -p "$class"/quick/build/{bin,rubrics,labs,solutions}
    cp build/bin/twofold build/bin/twofold-grade build/bin/twofold-cluster "$class/quick/build/bin"
    cp build/rubrics/heat "$class/quick/build/rubrics"
    cp build/labs/heat "$class/quick/build/labs"
    cp build/solutions/heat "$class/quick/build/solutions"
    cp -r labs solutions slurm "$class/quick"
    cp tests/system/grade/judge.sh "$class/quick/build/bin/twofold-check"
    mkdir -p "$class"/in/{a-waits,b,c}
    echo "// WAITS $class/waits 66" >"$class/in/a-waits/omp.c"
    echo "// 51" >"$class/in/b/omp.c"
    echo "// 52" >"$class/in/c/omp.c"
    printf 'check omp-far\npoints 10\ntitle far\ncases omp n=4711\n' >"$work/hidden.txt"
}
grade_class() {
    : >"$class/waits"
    env "JUDGED=$class/judged" "$class/quick/build/bin/twofold" grade --lab heat --no-sandbox \
        --variants autumn --hidden "$work/hidden.txt" --slurm --out "$class/out" "$class/in" >"$class/log" 2>&1 &
    grader=$!
    until_it 60 test -s "$class/waits"
}
grading() { [ -n "$(on squeue -h -n heat-grade)" ]; }

class_is_stopped() {
    make_class
    grade_class
    result "make grade SLURM=1: a node judges" $? "$class/log"
    until_it 30 grep -q 'judged: c' "$class/log"
    result "verdicts are taken as they come" $? "$class/log"
    kill -TERM "$grader"
    wait "$grader"
    [ $? -eq 143 ]
    result "a signal ends it" $? "$class/log"
    until_it 20 eval '! grading'
    result "and its jobs" $? on squeue
}
# Its node is to die: so that it is node3, the others are full for a moment.
class_begins() {
    local held node
    mkdir "$class/in/d-once" # one more, and it fails the first time by no fault of his
    echo "// SOMETIMES $class/once" >"$class/in/d-once/omp.c"
    held=$(for node in 1 2 4; do job "held$node" -w "node$node" --exclusive <<<'sleep 600'; done)
    # shellcheck disable=SC2086 # words
    for node in $held; do until_it 30 in_state "$node" RUNNING; done
    grade_class
    [ "$(cat "$class/waits")" = node3 ]
    result "make grade SLURM=1 goes on, on the node that will die" $? "$class/log"
    # shellcheck disable=SC2086 # words
    on scancel $held
}
class_ends() {
    wait "$grader"
    result "make grade SLURM=1: it ends, and a lost node costs nobody a verdict" $? "$class/log"
    cut -d, -f1,4,6 "$class/out/grades.csv" | tail -n +2 | paste -sd' ' >"$work/out"
    [ "$(cat "$work/out")" = "a-waits,76,graded b,61,graded c,62,graded d-once,10,graded" ]
    result "its marks are those of the verdicts" $?
    # Each run once, and the one that was INFRA twice; both lanes of a run together.
    [ "$(grep -c '"kind":"graded"' "$class/out/journal.jsonl")" -eq 5 ] &&
        [ "$(grep -c '"check":"omp-speed"' "$class/out/journal.jsonl")" -eq 5 ]
    result "nothing is judged twice, and everything in both lanes" $? "$class/out/journal.jsonl"
    [ "$(grep -c '"check":"omp-far".*"verdict":"PASS"' "$class/out/journal.jsonl")" -eq 5 ]
    result "the hidden check is judged on the nodes" $? "$class/out/journal.jsonl"
    # Of each line of a verdict who and the seed: four pairs, and four seeds.
    sed -n 's/.*"student":"\([^"]*\)".*"check":.*"base_seed":\([0-9]*\),.*/\1 \2/p' "$class/out/journal.jsonl" | sort -u >"$work/out"
    [ "$(wc -l <"$work/out")$(cut -d' ' -f2 "$work/out" | sort -u | wc -l)" = 44 ]
    result "in both lanes each student has cases of their own" $?
}

# -- faults -------------------------------------------------------------------------------------------

# What the jobs of these tests are; their output is NAME.out of the directory that nodes share.
job() { # job NAME OPTIONS... <SCRIPT: prints its number
    local name=$1
    shift
    { printf '#!/bin/bash\n' && cat; } >"$TWOFOLD_CLUSTER/$name.sbatch"
    on sbatch --parsable --output="$TWOFOLD_CLUSTER/$name.out" --open-mode=append --time=00:05:00 \
        --job-name="$name" "$@" "$TWOFOLD_CLUSTER/$name.sbatch"
}
in_state() { on scontrol show job "$1" | grep -q "JobState=$2 "; } # in_state JOB STATE
wrote() { grep -qF -- "$2" "$TWOFOLD_CLUSTER/$1.out"; }            # wrote NAME TEXT
ends() { # ends NAME-OF-TEST SECONDS JOB STATE NAME TEXT
    until_it "$2" in_state "$3" "$4"
    result "$1: it ends as $4" $? on scontrol show job "$3"
    until_it 20 wrote "$5" "$6"
    result "$1: its output says \"$6\"" $? "$TWOFOLD_CLUSTER/$5.out"
}

# Two that take their time, while the others run: a limit is counted in minutes, and a node is taken
# for dead after half of one.
long_faults_begin() {
    over=$(job over -w node4 --time=1 <<<'sleep 600')
    # The first time it waits, until its node dies; the second time it ends.
    again=$(job again -w node3 <<<'echo "start ${SLURM_RESTART_COUNT:-0}"
        [ -n "${SLURM_RESTART_COUNT-}" ] || sleep 600')
    until_it 30 wrote again "start 0"
    result "a job runs on the node that will die" $? "$TWOFOLD_CLUSTER/again.out"
    check "its node dies" cluster crash node3
    says "what is down cannot be entered" "node3 is down" cluster run --node node3 true
}

long_faults_end() {
    until_it 120 in_state "$again" PENDING
    result "the job of a dead node is back in the queue" $? on scontrol show job "$again"
    says "Slurm says that the node is down" "down" on sinfo -h -n node3 -o %T
    check "the node is rebooted" cluster reboot node3
    class_ends
    ends "the job of a dead node" 120 "$again" COMPLETED again "start 1"
    check "the node works again" on srun -w node3 -n 1 true
    controller_dies
    ends "a job over its limit" 240 "$over" TIMEOUT over "DUE TO TIME LIMIT"
}

short_faults() {
    local id
    id=$(job killed -N 2 -n 2 <<<'srun bash -c "[ \$SLURM_PROCID = 0 ] || kill -KILL \$\$; sleep 600"')
    ends "a rank is killed" 60 "$id" FAILED killed "task 1: Killed"

    id=$(job cancelled -w node1 <<<'echo begun; sleep 600')
    until_it 30 wrote cancelled begun
    check "scancel is taken" on scancel "$id"
    ends "a cancelled job" 60 "$id" CANCELLED cancelled "CANCELLED AT"
}

# Whoever works on the login node dies with it: nobody grades any more.
controller_dies() {
    local id
    id=$(job orphan -w node2 <<<"echo begun; until [ -e '$TWOFOLD_CLUSTER/go' ]; do sleep 0.1; done; echo ended")
    until_it 30 wrote orphan begun
    # The controller writes its jobs down every few seconds; what it has not yet, it forgets, and that
    # the job has begun is one more thing than that there is one.
    check "a running job takes a comment" on scontrol update "JobId=$id" Comment=seen-running
    until_it 60 grep -qa seen-running "$TWOFOLD_CLUSTER/state/job_state"
    result "the controller has written the job down" $? "$TWOFOLD_CLUSTER/log/slurmctld.log"
    check "the node of the controller dies" cluster crash login
    says "and cannot be entered" "login is down" on squeue
    touch "$TWOFOLD_CLUSTER/go"
    until_it 30 wrote orphan ended
    result "a job goes on without a controller" $? "$TWOFOLD_CLUSTER/orphan.out"
    check "the controller is started again" cluster reboot login
    ends "the job that went on" 60 "$id" COMPLETED orphan ended
    check "the queue goes on" on srun -w node1 -n 1 true
}

# -- the end ------------------------------------------------------------------------------------------

goes_down() { # WHO
    check "$1: it goes down" cluster down
    left >"$work/out"
    result "$1: nothing of it is left" $?
    check "$1: a second time is no error" cluster down
}

starter_dies() {
    local i pid
    compgen() { return 1; } # so that it never finds all nodes up, and waits
    export -f compgen
    for i in INT KILL; do
        rm -rf "$TWOFOLD_CLUSTER"
        env --default-signal=INT "$T" cluster up --quiet >"$work/out" 2>&1 &
        pid=$!
        until_it 20 test -e "$TWOFOLD_CLUSTER/run/node1.up"
        kill -$i "$pid"
        wait "$pid" 2>/dev/null
        until_it 20 left
        result "nothing is left where SIG$i ends its starter" $? left
    done
    unset -f compgen
}

who="as $(id -un 2>/dev/null || id -u)"
if bring_up "$who" 4; then
    nodes_are_machines
    labs_on_nodes
    class_is_stopped
    class_begins
    long_faults_begin
    if [ -w build ]; then
        scripts_run
        course_runs
    else
        echo "ok - cluster: batch scripts # SKIP $kit/build, where they keep their output, cannot be written"
    fi
    short_faults
    long_faults_end
    observer_sees_nodes
    contrast_has_nodes
    network_is_shaped
    goes_down "$who"
    starter_dies
fi
if [ "$(id -u)" -eq 0 ]; then
    # Any number will do; one that /etc/passwd does not know, as in a container.
    as=(setpriv --reuid 23456 --regid 23456 --clear-groups env HOME="$work")
    TWOFOLD_CLUSTER=$work/users
    mkdir "$TWOFOLD_CLUSTER" && chown 23456:23456 "$TWOFOLD_CLUSTER"
    if ! "${as[@]}" test -x "$T" 2>/dev/null; then
        echo "ok - cluster: as an ordinary user # SKIP others than root cannot read $kit"
    elif bring_up "as an ordinary user" 2; then
        check "as an ordinary user: heat on two nodes" lab srun -N 2 -n 4 build/solutions/heat \
            --version mpi --check n=200 steps=20
        goes_down "as an ordinary user"
    fi
fi
exit "$status"
