# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# needs.sh: what a cluster in a box needs of the machine, and of the numbers that it is told; sourced
# by twofold-cluster, which has `die`. Each ends it with a sentence that says what mends it.

install_line() {
    local sudo=''
    [ "$(id -u)" -eq 0 ] || sudo='sudo '
    if command -v apt-get >/dev/null; then
        echo "${sudo}apt-get install slurmctld slurmd slurm-client munge iproute2"
    elif command -v dnf >/dev/null; then
        echo "${sudo}dnf install slurm slurm-slurmctld slurm-slurmd munge iproute iproute-tc"
    elif command -v zypper >/dev/null; then
        echo "${sudo}zypper install slurm slurm-node slurm-munge munge iproute2"
    else
        echo "your system's packages of Slurm (slurmctld, slurmd, sinfo), munge and iproute2"
    fi
}

need_programs() {
    local program missing=''
    for program in slurmctld slurmd munged sinfo ip tc unshare nsenter flock hostname; do
        command -v "$program" >/dev/null || missing="$missing${missing:+, }$program"
    done
    [ -z "$missing" ] || die "$missing: not installed here; install it with: $(install_line)"
}

need_namespaces() {
    local said word file=/proc/sys/kernel/apparmor_restrict_unprivileged_userns
    if [ "$(id -u)" -eq 0 ]; then
        said=$(unshare --net --mount --uts --ipc --pid --fork mount --make-rprivate / 2>&1) && return
        die "root may make no namespaces here ($said); in a container that takes --privileged."
    fi
    # A user who is root in it, and himself again one namespace further in.
    said=$(unshare --user --map-root-user --net --mount --uts --ipc --pid --fork unshare --user \
        --map-user="$(id -u)" --map-group="$(id -g)" true 2>&1) && return
    if read -r word 2>/dev/null <"$file" && [ "$word" = 1 ]; then
        die "AppArmor forbids user namespaces here ($said); an administrator allows them with:" \
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    fi
    file=/proc/sys/kernel/unprivileged_userns_clone
    if read -r word 2>/dev/null <"$file" && [ "$word" = 0 ]; then
        die "user namespaces are switched off here ($said); an administrator allows them with:" \
            "sysctl -w kernel.unprivileged_userns_clone=1"
    fi
    file=/proc/sys/user/max_user_namespaces
    if read -r word 2>/dev/null <"$file" && [ "$word" = 0 ]; then
        die "user namespaces are switched off here ($said); an administrator allows them with:" \
            "sysctl -w user.max_user_namespaces=10000"
    fi
    die "user namespaces are forbidden here ($said); in a container that takes" \
        "--security-opt seccomp=unconfined, elsewhere ask an administrator."
}

# number NAME TEXT LOW HIGH: refuses what is not a whole number between them.
number() {
    case $2 in
    '' | *[!0-9]* | ??????????*) die "$1 must be a whole number from $3 to $4, not '$2'." ;;
    esac
    [ "$2" -ge "$3" ] && [ "$2" -le "$4" ] || die "$1 must be from $3 to $4, not $2."
}

# A latency in words, as microseconds.
microseconds() {
    local n=${1%%[!0-9]*} unit
    unit=${1#"$n"}
    number "the latency" "${n:-$1}" 0 10000000
    case $unit in
    ms) n=$((n * 1000)) ;;
    us) ;;
    '') [ "$n" -eq 0 ] || die "the latency '$1' has no unit; write ${1}us or ${1}ms." ;;
    *) die "the latency '$1' is not understood; write it as 50us or 1ms." ;;
    esac
    [ "$n" -le 1000000 ] || die "the latency '$1' is more than a second; no test would end."
    echo "$n"
}
