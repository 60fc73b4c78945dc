#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# MPI=mpich: where Debian has both, labs are built and run with MPICH in the place of Open MPI, and wrong
# programs are diagnosed. In a tree of its own, so that nothing of the kit's build is made anew; the
# commands are the kit's, in which there is no MPI.

set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-mpich-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
export MAKEFLAGS=
unset TWOFOLD
status=0
ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >"$work/ok.out" 2>&1; then
        echo "ok - mpich: $name"
    else
        echo "not ok - mpich: $name"
        tail -n 20 "$work/ok.out" | sed 's/^/#   /'
        status=1
    fi
}
refused() { # refused TEXT COMMAND...: status 2, and it says so
    local text=$1 got
    shift
    "$@" >"$work/said" 2>&1
    got=$?
    [ "$got" -eq 2 ] && grep -qF -- "$text" "$work/said" && return
    echo "status $got" && cat "$work/said" && false
}
mkdir -p "$work/tree/build/bin" "$work/tree/build/lib" && cp -r Makefile common labs solutions "$work/tree" &&
    cp -r tests/observe/mpi "$work/programs" && cp tests/observe/hybrid/column_pending*.c "$work" && cp build/lib/team.so "$work/tree/build/lib" &&
    cp build/bin/twofold build/bin/twofold-run build/bin/twofold-diagnose "$work/tree/build/bin" && cd "$work/tree" || exit 2

ok "an MPI that nobody knows is refused" refused "say MPI=mpich or MPI=openmpi" make -s MPI=lam list
if ! command -v mpicc.mpich >/dev/null; then
    ok "where it is not installed, the packages are named" refused "install mpich libmpich-dev" make -s MPI=mpich list
    echo "ok - mpich: labs under it # SKIP there is no mpicc.mpich here; Debian, Ubuntu: apt-get install mpich libmpich-dev"
    exit $status
fi
run() { # run LAB VERSION WORDS...: three ranks give the serial answer
    PATH=$PWD/build/mpi/mpich:$PATH build/bin/twofold run "$1" "$2" --solution --workers 3 --check "${@:3}" >"$work/said" 2>&1 &&
        grep -q "^$1 $2, 3 ranks" "$work/said" && grep -q 'equal to the serial one' "$work/said" && return
    cat "$work/said" && false
}
first_in_path() { [ "$(make -s MPI=mpich --eval 'which:;@command -v mpirun' which)" = "$PWD/build/mpi/mpich/mpirun" ]; }
linked() { ldd build/solutions/heat | grep libmpich; }
labs=(hello race gil isolate ipc exchange mandelbrot heat fetch words)
ok "labs build with it, without a warning" make -s -j2 MPI=mpich WERROR=1 "${labs[@]/#/build/solutions/}" build/bin/origin \
    build/lib/check.so build/lib/race.o build/lib/race-selftest
ok "they are linked with it" linked
ok "its launcher is the one that commands find" first_in_path
# Every version that has ranks, on a small problem.
small() {
    case $1 in
    race) echo "balls=20000" ;;
    gil) echo "tasks=8 numbers=500 pause=2" ;;
    isolate) echo "records=12 strokes=20" ;;
    ipc) echo "count=50" ;;
    exchange) echo "n=500" ;;
    mandelbrot) echo "n=60 iterations=200" ;;
    heat) echo "n=40 steps=3" ;;
    fetch) echo "objects=20 latency=2" ;;
    words) echo "kb=256 files=4" ;;
    esac
}
on_ranks() { "build/solutions/$1" --describe | sed -n 's/.*"kind":"version","name":"\([^"]*\)","run":"\(ranks\|hybrid\)".*/\1/p'; }
for lab in "${labs[@]}"; do
    ok "$lab has a version on ranks" test -n "$(on_ranks "$lab")"
    for version in $(on_ranks "$lab"); do
        # shellcheck disable=SC2046 # words
        ok "$lab $version on ranks" run "$lab" "$version" $(small "$lab")
    done
done
died() { # a rank that dies is told with its line, as under Open MPI
    PATH=$PWD/build/mpi/mpich:$PATH build/bin/twofold run isolate mpi --solution --workers 3 records=12 strokes=20 poison=2 >"$work/said" 2>&1
    [ $? -ne 0 ] && grep -q 'record.c:[0-9]*: rank 1 died here' "$work/said" && return
    cat "$work/said" && false
}
ok "a rank that dies is told with its line" died
# Wrong programs of several kinds, and their right twins. (All 115 would take five minutes.)
diagnosed() { # diagnosed NAME STATUS TEXT WORDS...
    local got name=$1 status=$2 text=$3
    shift 3
    "build/mpi/mpich/mpicc" -g -O1 -fopenmp -Wno-stringop-overflow "$@" "$work/programs/$name.c" -o "$work/program" 2>"$work/said" || return
    PATH=$PWD/build/mpi/mpich:$PATH build/bin/twofold diagnose -n "$(sed -n '1s/.* n=\([0-9]*\).*/\1/p' "$work/programs/$name.c")" -- "$work/program" >"$work/said" 2>&1
    got=$?
    [ "$got" -eq "$status" ] && grep -qiF -- "$text" <(tr -s ' \n' ' ' <"$work/said") && return
    echo "status $got" && cat "$work/said" && false
}
for name in barrier_against_receive threads_lock_kept never_received truncated blocks_differ \
    broadcast_type_differs comm_not_freed window_conflicts fence_of_some after_finalize; do
    ok "what is wrong in $name is found" diagnosed "$name" 1 "$(sed -n '1s/.* says="\([^"]*\)".*/\1/p' "$work/programs/$name.c")"
    ok "nothing is found in its right twin" diagnosed "$name" 0 "" -DRIGHT
done
in_file() { # in_file NAME STATUS TEXT: a C file is built and looked at, every access of it
    local got
    PATH=$PWD/build/mpi/mpich:$PATH build/bin/twofold diagnose -n 2 -t 3 "$work/$1.c" >"$work/said" 2>&1
    got=$?
    [ "$got" -eq "$2" ] && grep -qF -- "$3" "$work/said" && return
    echo "status $got" && cat "$work/said" && false
}
ok "a thread that meets a receive under way is found in a C file" in_file column_pending 1 "column_pending.c:21"
ok "and nothing in its right twin" in_file column_pending_right 0 "Nothing was found."
exit $status
