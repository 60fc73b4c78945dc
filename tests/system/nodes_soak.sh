#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# nodes_soak.sh [TIMES]: the cluster in a box, again and again: heat and fetch on ranks of two nodes
# give the serial result TIMES times (100) each, on a fast network and with 1 ms between the nodes.
# First what it costs: how long it takes up and down with 4 nodes and with 16, and the memory of a
# node. Figures are told and decide nothing; a result that is not the serial one does.

set -u
cd "$(dirname "$0")/../.." || exit 2
T=$PWD/build/bin/twofold
times=${1:-100}
if [[ ! $times =~ ^[0-9]{1,6}$ ]]; then
    echo "nodes_soak: '$times' is not a number of times: tests/system/nodes_soak.sh 100." >&2
    exit 2
fi
TWOFOLD_CLUSTER=$(mktemp -d "${TMPDIR:-/tmp}/twofold-nodes-XXXXXX") || exit 2
export TWOFOLD_CLUSTER
trap '"$T" cluster down >/dev/null 2>&1; rm -rf "$TWOFOLD_CLUSTER"' EXIT
trap 'exit 130' INT TERM HUP

# MB of all processes of the box, pages that several share counted once, for each of $1 nodes.
memory_of_a_node() {
    local process sum=0 kb
    for process in /proc/[0-9]*; do
        tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -qsxF "SLURM_CONF=$TWOFOLD_CLUSTER/etc/slurm/slurm.conf" ||
            continue
        kb=$(awk '/^Pss:/ { print $2 }' "$process/smaps_rollup" 2>/dev/null) && sum=$((sum + ${kb:-0}))
    done
    echo $((sum / 1024 / $1))
}
costs() { # NODES
    local begin=${EPOCHREALTIME/[.,]/} up
    "$T" cluster up --nodes "$1" --quiet || return
    up=$(((${EPOCHREALTIME/[.,]/} - begin) / 1000))
    echo "$1 nodes: up in $up ms, $(memory_of_a_node "$1") MB a node;" \
        "$("$T" cluster down | sed 's/^The cluster is //; s/;.*//')"
}
right=0 wrong=0
again() { # NAME COMMAND...
    local name=$1 i good=0 log=$TWOFOLD_CLUSTER/last
    shift
    for ((i = 0; i < times; i++)); do
        if "$T" cluster run "$@" >"$log" 2>&1 && grep -q 'equal to the serial one' "$log"; then
            good=$((good + 1))
        else
            sed 's/^/#   /' "$log"
        fi
    done
    echo "$name: $good of $times times the serial result"
    right=$((right + good)) wrong=$((wrong + times - good))
}

costs 4 && costs 16 && "$T" cluster up --nodes 2 --quiet || exit
for latency in 0 1ms; do
    "$T" cluster shape "$latency" 0 || exit
    again "heat on two nodes, latency $latency" srun -N 2 -n 2 build/solutions/heat --version mpi \
        --check n=100 steps=20
    [ ! -x build/solutions/fetch ] ||
        again "fetch on two nodes, latency $latency" srun -N 2 -n 2 build/solutions/fetch --version mpi \
            --check objects=16 latency=5
done
echo "$right right, $wrong wrong"
[ "$wrong" -eq 0 ]
