# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# network.sh: the network of the cluster that is up, as a person sees it: its shape (which shape.sh
# gives it, in the room) and its traffic; sourced by twofold-cluster.

shape_now() {
    local i
    rm -f "$dir/run/shape.done"
    if [ -e "$dir/run/room.up" ]; then echo "shape" >"$dir/run/fifo"; fi
    for ((i = 0; i < 1000; i++)); do
        [ ! -e "$dir/run/shape.done" ] || break
        sleep 0.01
    done
    [ "$(cat "$dir/run/shape.done" 2>/dev/null)" = 0 ] ||
        die "the network could not be given this shape: $(cat "$dir/run/shape.text" 2>/dev/null)."
}

shape() {
    local latency rate
    [ $# -eq 2 ] || die "shape takes a latency and a rate, as in: twofold cluster shape 1ms 100"
    latency=$(microseconds "$1") || exit
    number "the rate in Mbit/s" "$2" 0 100000
    rate=$2
    load
    echo "$latency $rate" >"$dir/network"
    shape_now
    if [ "$latency $rate" = "0 0" ]; then
        echo "The network is as fast as this machine again."
    else
        echo "Each frame now travels ${latency} us, each link carries" \
            "$([ "$rate" = 0 ] && echo "what it can" || echo "$rate Mbit/s"), by $(cat "$dir/run/shape.text")."
    fi
}

# The switch's view turned round: what came in from a node, that node sent.
traffic() {
    sed -n 's/^ *v-\([a-z0-9]*\):/\1 /p' "/proc/$room_pid/net/dev" | sort -V |
        awk 'BEGIN { printf "%-8s %15s %9s %15s %9s\n", "node", "sent bytes", "frames",
                            "received bytes", "frames" }
                   { printf "%-8s %15s %9s %15s %9s\n", $1, $2, $3, $10, $11 }'
}

status() {
    local name up=0 latency rate
    for name in $(compgen -G "$dir/run/*.up"); do
        case $name in */node*) up=$((up + 1)) ;; esac
    done
    read -r latency rate <"$dir/network"
    echo "$nodes nodes of $cpus CPUs, $up up; network: $([ "$latency" = 0 ] && echo "no latency" ||
        echo "latency $latency us"), $([ "$rate" = 0 ] && echo "no limit" || echo "$rate Mbit/s")."
    echo "Logs: $dir/log"
    [ -e "$dir/run/login.up" ] || die "the login node is down; start it with: twofold cluster reboot login"
    inside login sinfo -N -o '%8N %6t %5c %E'
    echo
    inside login squeue -o '%8i %12j %9T %8M %5D %R'
}
