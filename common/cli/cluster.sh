#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# cluster.sh: `twofold cluster`: a Slurm cluster in a box.
#
# Theory of operation. The room is a set of Linux namespaces (slurm/cluster/room.sh is its process
# 1) with a bridge in it; each node is a set of namespaces inside (node.sh), plugged to the bridge,
# with a munged and a slurmd of its own; the node "login" has slurmctld. So the kernel does the
# housekeeping: the death of a node's process 1 is a power failure of the node, the death of the
# room's ends everything. root needs nothing more; for an ordinary user the room begins with a
# user namespace in which he is root. What the nodes share is described in slurm/cluster/config.sh.

set -u
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin # where the daemons are; not in every user's PATH
self=$(readlink -f "$0")
root=${self%/build/bin/*}
dir=${TWOFOLD_CLUSTER:-$root/build/cluster}

usage='Usage: twofold cluster up [--nodes N] [--cpus N] [--memory MB] [--latency TIME] [--rate MBIT]
                          [--share DIR]
       twofold cluster shell [NODE]
       twofold cluster run [--node NODE] COMMAND...
       twofold cluster crash NODE
       twofold cluster reboot NODE
       twofold cluster shape LATENCY RATE
       twofold cluster traffic | status | down

Bring up a Slurm cluster of virtual nodes on this machine. It needs no root.

  up       start it: N nodes (4) of N CPUs (2) and MB of memory (1000) each, and a login node;
           --share DIR: a directory below /tmp that all nodes shall see (the kit they always do)
  shell    a shell on the login node, or on NODE; leave it with exit
  run      one command on the login node, or on NODE
  crash    a power failure: all processes of NODE die at once; "login" has slurmctld
  reboot   start a crashed NODE again
  shape    give the network a latency (50us, 1ms; 0: none) and a rate in Mbit/s (0: no limit)
  traffic  what each node has sent and received over its network card
  status   nodes, queue, where the logs are
  down     end it; nothing is left

Each node has its own network card, host name, process numbers, /tmp, /run and /dev/shm; the rest of
the file system is shared, as homes are on a cluster. Where its files lie: build/cluster, or what
TWOFOLD_CLUSTER says. docs/cluster-guide.md has the rest.

Example: twofold cluster up --nodes 2 && twofold cluster run srun -N 2 hostname'

say() { printf 'twofold cluster: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 2
}

for part in config needs network; do
    . "$root/slurm/cluster/$part.sh" || die "the kit is not complete: no slurm/cluster beside build/."
done

# -- the running one ----------------------------------------------------------------------------------

room() { # prints the room's process number
    local pid start
    read -r pid start 2>/dev/null <"$dir/run/room.pid" && pid_is "$pid" "$start" && echo "$pid"
}

load() {
    room_pid=$(room) || die "no cluster is up here; start one with: make cluster"
    . "$dir/settings"
}

in_room() {
    local user=()
    [ -z "$rootless" ] || user=(-U --preserve-credentials)
    nsenter -t "$room_pid" "${user[@]}" -m -n -p -u -i -- "$@"
}

# A node of this cluster, named by a person.
known() {
    case $1 in
    login) return ;;
    node[1-9] | node[1-9][0-9]) [ "${1#node}" -gt "$nodes" ] || return 0 ;;
    esac
    die "there is no node '$1'; there are login and node1 to node$nodes."
}

# inside NODE COMMAND...: runs it there, in the directory we are in.
inside() {
    local node=$1 user='' pid start
    shift
    read -r pid start 2>/dev/null <"$dir/run/$node.pid" && [ -e "$dir/run/$node.up" ] ||
        die "$node is down; start it again with: twofold cluster reboot $node"
    [ -z "$rootless" ] || user='-U --preserve-credentials'
    export_environment
    export HOSTNAME=$node
    # shellcheck disable=SC2016 # the inner shells expand it
    in_room bash -c 'user=$1 pid=$2; shift 2; exec nsenter -t "$pid" $user -m -n -p -u -i -- bash -c '"'"'
        cd "$1" 2>/dev/null || cd /; shift; exec "$@"'"'"' _ "$@"' _ "$user" "$pid" "$PWD" "$@"
}

end_room() {
    local i
    kill -KILL "$room_pid" 2>/dev/null
    for ((i = 0; i < 500; i++)); do
        room >/dev/null || break
        sleep 0.01
    done
    rm -f "$dir/run/room.pid"
}

# -- up -----------------------------------------------------------------------------------------------

failed() { # what, and what the logs say
    say "$1; from $dir/log:"
    grep -hiE 'error|fatal|cannot|denied|not permitted' "$dir"/log/* 2>/dev/null | tail -n 6 >&2
    exit 1
}

up() {
    local starter='' name i quiet=''
    nodes=4 cpus=2 memory=1000 share=()
    local latency=0 rate=0
    while [ $# -gt 0 ]; do
        case $1 in
        --*=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
        --quiet) ;;
        *) [ $# -gt 1 ] || die "'$1' is not understood, or its value is missing; try --help." ;;
        esac
        case $1 in
        --nodes) number "the number of nodes" "$2" 1 64 && nodes=$2 ;;
        --cpus) number "the number of CPUs" "$2" 1 128 && cpus=$2 ;;
        --memory) number "the memory of a node in MB" "$2" 64 1000000 && memory=$2 ;;
        --latency) latency=$(microseconds "$2") || exit ;;
        --rate) number "the rate in Mbit/s" "$2" 0 100000 && rate=$2 ;;
        --share)
            [ -d "$2" ] || die "--share $2: there is no such directory."
            share+=("$(readlink -f "$2")")
            ;;
        --quiet)
            quiet=yes
            shift
            continue
            ;;
        *) die "'$1' is not understood; try --help." ;;
        esac
        shift 2
    done
    need_programs
    need_namespaces
    mkdir -p "$dir" 2>/dev/null && [ -w "$dir" ] ||
        die "$dir cannot be written; set TWOFOLD_CLUSTER to a directory that can."
    dir=$(readlink -f "$dir")
    exec 7>"$dir/lock"
    flock -n 7 || die "another twofold cluster up is at work in $dir."
    ! room >/dev/null || die "it is up already; see it with: twofold cluster status"
    rm -rf "$dir"/{etc,state,log,run,mnt,settings,network}
    uid=$(id -u) gid=$(id -g)
    owner=$(id -un 2>/dev/null) || owner=student
    rootless='' shared_memory=vader
    [ "$uid" -eq 0 ] || rootless=yes
    case $(mpirun --version 2>/dev/null) in *'(Open MPI) 5'*) shared_memory=sm ;; esac
    write_config || die "its files cannot be written to $dir."
    echo "$latency $rate" >"$dir/network"
    {
        for name in root dir nodes cpus memory uid gid owner rootless; do
            printf '%s=%q\n' "$name" "${!name}"
        done
        printf 'share=(%s)\n' "${share[*]+${share[*]@Q}}"
    } >"$dir/settings"

    local begin=${EPOCHREALTIME/[.,]/} user=() pid='' pipe
    [ -z "$rootless" ] || user=(--user --map-root-user)
    # The room's input is ours: our end, however it comes, is an end of that input, and its own.
    coproc ROOM { exec setsid unshare "${user[@]}" --net --mount --uts --ipc --pid --fork \
        --kill-child bash "$root/slurm/cluster/room.sh" "$dir" 7>&- >>"$dir/log/room.log" 2>&1; }
    starter=$ROOM_PID pipe=${ROOM[1]}
    trap 'kill -KILL "$starter" 2>/dev/null; wait "$starter" 2>/dev/null
        while room >/dev/null; do sleep 0.01; done
        say "stopped; nothing is left of it."; exit 130' INT TERM HUP
    for ((i = 0; i < 3000; i++)); do
        room_pid=$(room) && [ -e "$dir/run/room.up" ] && [ -e "$dir/run/login.up" ] &&
            [ "$(compgen -G "$dir/run/node*.up" | wc -l)" -eq "$nodes" ] &&
            [ "$(inside login sinfo -h -t idle -o %D 2>/dev/null)" = "$nodes" ] && break
        kill -0 "$starter" 2>/dev/null || failed "the machine room ended"
        sleep 0.02
    done
    [ "$i" -lt 3000 ] || {
        kill -KILL "$starter"
        failed "not all nodes came up within a minute"
    }
    [ "$latency $rate" = "0 0" ] || shape_now
    echo stay >&"$pipe"
    trap - INT TERM HUP
    begin=$(((${EPOCHREALTIME/[.,]/} - begin) / 10000))
    [ -n "$quiet" ] || printf '%d nodes of %d CPUs are up after %d.%02d s. Go on with:
  make cluster-shell     a shell on the login node: sinfo, srun, sbatch
  make submit LAB=heat VERSION=mpi NODES=2 TASKS=4
  make cluster-down      end it\n' "$nodes" "$cpus" $((begin / 100)) $((begin % 100))
    disown -a
}

# -- nodes ------------------------------------------------------------------------------------------

crash() {
    local pid start
    [ $# -eq 1 ] || die "which node? twofold cluster status shows them."
    load
    known "$1"
    [ -e "$dir/run/$1.up" ] && read -r pid start <"$dir/run/$1.pid" || die "$1 is down already."
    rm -f "$dir/run/$1.up"
    in_room bash -c 'kill -KILL "$1" && while [ -e "/proc/$1" ]; do sleep 0.01; done' _ "$pid"
    if [ "$1" = login ]; then
        echo "login is dead, and slurmctld with it: jobs go on, squeue and its kin get no answer."
    else
        echo "$1 is dead. Slurm finds out when it does not answer; until then it seems well."
    fi
}

reboot() {
    local i
    [ $# -eq 1 ] || die "which node? twofold cluster status shows them."
    load
    known "$1"
    [ ! -e "$dir/run/$1.up" ] || die "$1 is up; crash it first: twofold cluster crash $1"
    echo "boot $1" >"$dir/run/fifo"
    for ((i = 0; i < 3000; i++)); do
        [ ! -e "$dir/run/$1.up" ] || break
        sleep 0.01
    done
    [ -e "$dir/run/$1.up" ] || failed "$1 did not come up again within half a minute"
    echo "$1 is up again."
}

shell() {
    local node=${1:-login}
    load
    known "$node"
    [ -t 0 ] || die "a shell wants a terminal; for one command there is: twofold cluster run COMMAND"
    # A terminal of its own, or the shell could not control jobs: ours belongs to the world outside.
    if command -v script >/dev/null; then
        inside "$node" script -qec "bash --rcfile '$dir/etc/bashrc' -i" /dev/null
    else
        inside "$node" bash --rcfile "$dir/etc/bashrc" -i
    fi
}

run() {
    local node=login
    case ${1-} in
    --node) node=${2-} && shift 2 ;;
    --node=*) node=${1#*=} && shift ;;
    esac
    [ $# -gt 0 ] || die "which command? As in: twofold cluster run sinfo"
    load
    known "$node"
    inside "$node" "$@"
}

command=${1-}
[ $# -eq 0 ] || shift
case $command in
up | shell | run | crash | reboot | shape) "$command" "$@" ;;
traffic | status)
    [ $# -eq 0 ] || die "$command takes no argument such as '$1'."
    load
    "$command"
    ;;
down)
    [ $# -eq 0 ] || die "down takes no argument such as '$1'."
    room_pid=$(room) || {
        echo "No cluster is up here."
        exit 0
    }
    begin=${EPOCHREALTIME/[.,]/}
    end_room
    begin=$(((${EPOCHREALTIME/[.,]/} - begin) / 1000))
    printf 'The cluster is down after %d ms; nothing is left of it but its logs in %s.\n' "$begin" "$dir/log"
    ;;
'' | help | --help | -h) printf '%s\n' "$usage" ;;
*) die "there is no '$command'; there are up, shell, run, crash, reboot, shape, traffic, status and down." ;;
esac
