#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# node.sh DIR NAME: a node, started by room.sh as process 1 of its own net, uts, ipc, mount and pid
# namespace. It has a network card, a host name and a private /tmp, /run and /dev/shm; the rest of
# the file system is shared, as homes are on a cluster.
#
# As root of the namespace it sets this up. Where that root is an ordinary user, the daemons then
# run in one more user namespace in which he has his own number again: munged, Slurm and MPI all
# dislike a root who is none.

dir=$1 name=$2
. "$dir/settings"
. "$root/slurm/cluster/config.sh"

# A tmpfs over PATH, in which the shared directories that lie below stay where they were.
private() {
    local path=$1 shared
    for shared in "$root" "$dir" "${share[@]}"; do
        [ "$shared" != "$path" ] || return 0 # the whole of it is shared
    done
    mount -t tmpfs -o "mode=1777,size=512m" "$name" "$dir/mnt" || return
    for shared in "$root" "$dir" "${share[@]}"; do
        case $shared in
        "$path"/*)
            mkdir -p "$dir/mnt/${shared#"$path"/}"
            mount --bind "$shared" "$dir/mnt/${shared#"$path"/}"
            ;;
        esac
    done
    mount --move "$dir/mnt" "$path"
}

set_up() {
    write_pid "$dir/run/$name.pid"
    mount --make-rprivate /
    mount -t proc proc /proc
    hostname "$name"
    private /tmp
    private /run
    private /dev/shm
    mount -t sysfs sysfs /sys 2>/dev/null # shows this node's network cards alone
    mkdir -p /run/munge /run/slurm/spool /run/lock
    chmod 755 /run /run/munge /run/slurm
    ip link set lo up
    until ip link show eth0 >/dev/null 2>&1; do sleep 0.01; done
    ip addr add "$(address_of "$name")/24" dev eth0
    ip link set eth0 up
}

daemons() {
    export_environment
    export SLURMD_NODENAME=$name
    munged --force --key-file="$dir/etc/munge.key" --socket=/run/munge/munge.socket.2 \
        --num-threads=2 --pid-file=/run/munge/munged.pid --log-file="$dir/log/munged-$name.log" \
        --seed-file=/run/munge/seed || return
    if [ "$name" = login ]; then slurmctld; else slurmd -N "$name"; fi || return
    : >"$dir/run/$name.up"
}

if [ "${3-}" != daemons ]; then
    set_up
    [ -z "$rootless" ] || exec unshare --user --map-user="$uid" --map-group="$gid" \
        bash "$0" "$dir" "$name" daemons
fi
daemons
# Process 1 has no end, and reaps the processes whose parents are gone.
while :; do
    sleep 86400 &
    wait $!
done
