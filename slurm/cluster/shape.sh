#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# shape.sh DIR: gives the network of the room the latency and the rate that stand in DIR/network
# ("MICROSECONDS MEGABITS", 0: no limit); run by room.sh, in the room.
#
# The kernel does it where it can: netem for a latency, tbf for a rate alone. Not every kernel has
# netem; then the ports leave the bridge, and the program build/bin/switch carries the frames.

dir=$1
. "$dir/settings"
read -r latency rate <"$dir/network"

ports=()
for port in /proc/sys/net/ipv4/conf/v-*; do ports+=("${port##*/}"); done
if read -r pid 2>/dev/null <"$dir/run/switch.pid"; then
    kill "$pid" 2>/dev/null
    rm -f "$dir/run/switch.pid"
fi
for port in "${ports[@]}"; do
    tc qdisc del dev "$port" root 2>/dev/null
    ip link set "$port" master switch
done
[ "$latency $rate" != "0 0" ] || exit 0

# Adds a queue to each port; false where this kernel has none of the kind.
queue() {
    local port
    for port in "${ports[@]}"; do tc qdisc add dev "$port" root "$@" 2>/dev/null || return; done
}
limit=()
[ "$rate" = 0 ] || limit=(rate "${rate}mbit")
if [ "$latency" = 0 ] && queue tbf "${limit[@]}" burst 128kb latency 100ms; then
    echo "tbf"
elif [ "$latency" != 0 ] && queue netem delay "${latency}us" "${limit[@]}" limit 10000; then
    echo "netem"
elif [ ! -x "$root/build/bin/switch" ]; then
    echo "this kernel has no queue for it, and build/bin/switch is not built: make build"
    exit 1
else
    for port in "${ports[@]}"; do
        tc qdisc del dev "$port" root 2>/dev/null
        ip link set "$port" nomaster
    done
    setsid "$root/build/bin/switch" "$latency" "$rate" "${ports[@]}" </dev/null \
        >>"$dir/log/switch.log" 2>&1 &
    echo $! >"$dir/run/switch.pid"
    sleep 0.1
    kill -0 $! 2>/dev/null || {
        tail -n 1 "$dir/log/switch.log"
        exit 1
    }
    echo "a switch of our own"
fi
