#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# room.sh DIR: the machine room, started by `twofold cluster up` as process 1 of namespaces of its
# own. It holds the switch (a bridge) to which all nodes are plugged, starts the nodes, and does
# what it is told by DIR/run/fifo ("boot node2"). When it dies, the kernel kills all that is in it.
#
# Until it reads "stay" from its standard input it is tied to whoever started it: an end of that
# input ends the room.

dir=$1
. "$dir/settings"
. "$root/slurm/cluster/config.sh"
write_pid "$dir/run/room.pid"

start_node() {
    local name=$1 pid=''
    rm -f "$dir/run/$name".{pid,up}
    ip link del "v-$name" 2>/dev/null # of a node that crashed, if the kernel has not yet done so
    setsid unshare --net --uts --ipc --mount --pid --fork --kill-child \
        bash "$root/slurm/cluster/node.sh" "$dir" "$name" </dev/null >>"$dir/log/boot-$name.log" 2>&1 &
    until read -r pid _ 2>/dev/null <"$dir/run/$name.pid"; do
        kill -0 $! 2>/dev/null || return 1
        sleep 0.01
    done
    ip link add "v-$name" type veth peer name eth0 address "$(ethernet_of "$name")" netns "$pid" &&
        ip link set "v-$name" master switch up
}

shape() {
    bash "$root/slurm/cluster/shape.sh" "$dir" </dev/null >"$dir/run/shape.text" 2>&1
    echo $? >"$dir/run/shape.new" && mv "$dir/run/shape.new" "$dir/run/shape.done"
}

over() { # FILE OF-OURS PATH: ours lies over the machine's, in this room only
    [ ! -e "$dir/etc/$1" ] || [ ! -e "$2" ] || mount --bind "$dir/etc/$1" "$2"
}

mount --make-rprivate /
mount -t proc proc /proc
hostname room
ip link set lo up
ip link add switch type bridge forward_delay 0 && ip link set switch up || exit 1
over hosts /etc/hosts
over resolv.conf /etc/resolv.conf
over passwd /etc/passwd
over slurm /etc/slurm
over openmpi-mca-params.conf /etc/openmpi/openmpi-mca-params.conf

mkfifo "$dir/run/fifo"
exec 9<>"$dir/run/fifo"
start_node login
for ((i = 1; i <= nodes; i++)); do start_node "node$i"; done
: >"$dir/run/room.up"

read -r word
[ "$word" = stay ] || exit 1
exec </dev/null
# While bash waits here it also reaps the processes whose parents are gone.
while read -r command name <&9; do
    case $command in
    boot)
        start_node "$name"
        [ "$(cat "$dir/network")" = "0 0" ] || shape
        ;;
    shape) shape ;;
    esac
done
