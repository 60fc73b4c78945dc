#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# grade.sh LAB DIR MEMBERS [timing]: for `twofold grade --slurm`: submits the submissions that
# DIR/list names as an array of so many members, and behind it, where there is something to time,
# another one; waits until both have left the queue. DIR/jobs has their numbers.
# grade.sh --cancel DIR: ends them.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/slurm/*}
cd "$root" || exit 2
die() {
    printf 'twofold grade: %s\n' "$*" >&2
    exit 2
}
. slurm/queue.sh
go_to_the_box bash "$self" "$@"

if [ "$1" = --cancel ]; then
    read -r -d '' ids <"$2/jobs"
    # shellcheck disable=SC2086 # words
    exec scancel -Q $ids
fi
lab=$1 dir=$2 members=$3 timing=${4-}
need_slurm
[ -r "$dir/list" ] || die "the nodes of the cluster in a box do not see $dir: name a directory that is" \
    "not below /tmp, or in the kit, with --out DIR."
read_site
fill job-name "$lab-grade"
fill array "1-$members"
[ -z "$GRADE_TIME" ] || fill time "$GRADE_TIME"
edit+=(-e "s|^LAB=.*|LAB=$lab|")
filled slurm/grade.sbatch >"$dir/grade.sbatch" || exit 2
submit --output="$dir/%A_%a.out" --error="$dir/%A_%a.err" "$dir/grade.sbatch" correctness "$dir"
echo "$id" >"$dir/jobs"
ids=$id
if [ -n "$timing" ]; then
    # Each member when that of the first array has ended, or never, if Slurm has ended that one. The
    # nodes of a box share the CPUs of one machine: one at a time there.
    submit --output="$dir/%A_%a.out" --error="$dir/%A_%a.err" --dependency="aftercorr:$id" --kill-on-invalid-dep=yes --exclusive \
        --array="1-$members${TWOFOLD_BOX:+%1}" "$dir/grade.sbatch" timing "$dir"
    echo "$id" >>"$dir/jobs"
    ids=$ids,$id
fi
# (follow would tell of each member.)
while [ -n "$(squeue -h -j "$ids" -o %T 2>/dev/null)" ]; do sleep 1; done
sort -u "$dir"/*.err 2>/dev/null | head -n 8 >&2
