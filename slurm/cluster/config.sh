# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# config.sh: names, addresses and configuration files of the cluster in a box; sourced by
# twofold-cluster, room.sh and node.sh, which have set `root` (of the kit) and `dir` (see there).
#
# dir holds everything that the nodes share, apart from the machine's own files:
#
#   settings        what `up` was asked for, as assignments
#   etc/            files that lie over the machine's own /etc on each node; munge's key
#   state/          of slurmctld: the queue survives a crash of the login node
#   run/            pid files and marks ("node1.up"), the fifo by which the room is told things
#   log/            a file each daemon

network=10.77.0 # node1 has .1; of its own namespace, so it meets no network of the machine
login=$network.250

address_of() {
    case $1 in
    login) echo "$login" ;;
    node*) echo "$network.${1#node}" ;;
    esac
}

# A fixed one for each node: after a reboot what the others remember of it (ARP) is still right.
ethernet_of() {
    local last
    last=$(address_of "$1")
    printf '02:00:0a:4d:00:%02x' "${last##*.}"
}

# pid_is PID START: does it still run, the process that was started then? (Numbers are used again,
# and the dead may wait for a while until somebody asks for their status.)
pid_is() {
    local stat
    [ -n "$1" ] && read -r stat <"/proc/$1/stat" || return 1
    # Behind the name, which may hold blanks: the state, and as the 20th word the start time.
    # shellcheck disable=SC2086 # a list of words
    set -- "$2" ${stat##*) }
    [ "$1" = "${21}" ] && [ "$2" != Z ]
} 2>/dev/null

# Writes "PID START" of this very process as the /proc that is mounted now has it: called before a
# new one is mounted, it is the number by which the outer world knows us.
write_pid() {
    local stat pid
    read -r stat </proc/self/stat
    pid=${stat%% *}
    # shellcheck disable=SC2086 # a list of words
    set -- "$1" ${stat##*) }
    echo "$pid ${21}" >"$1.new" && mv "$1.new" "$1"
}

# The first plugin of Slurm's that starts ranks of this machine's MPI.
find_pmi() {
    local way
    for way in pmix pmi2; do
        compgen -G "/usr/lib*/slurm*/mpi_$way.so" >/dev/null ||
            compgen -G "/usr/lib/*/slurm*/mpi_$way.so" >/dev/null || continue
        echo "$way"
        return
    done
    echo none
}

# Numbers of jobs go on where the files of build/jobs end, so that no job finds another one's there.
first_job() {
    local name number most=0
    for name in "$root"/build/jobs/*-[0-9]*; do
        number=${name##*-} && number=${number%%[!0-9]*}
        [ "${#number}" -gt 7 ] || [ "$((10#${number:-0}))" -le "$most" ] || most=$((10#$number))
    done
    echo $((most + 1))
}

write_slurm_conf() {
    cat <<CONF
ClusterName=twofold
SlurmctldHost=login($login)
SlurmUser=$owner
SlurmdUser=$owner
AuthType=auth/munge
CredType=cred/munge
# How long a permission to start a job is good; a job that is put back waits for that long.
AuthInfo=cred_expire=20
MpiDefault=$(find_pmi)
# Without systemd and cgroups, which ordinary users have none of.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
# A node has the CPUs that NodeName says, however many the machine has.
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
# /run is private to each node, the rest is shared.
StateSaveLocation=$dir/state
SlurmdSpoolDir=/run/slurm/spool
SlurmctldPidFile=/run/slurm/slurmctld.pid
SlurmdPidFile=/run/slurm/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd-%n.log
# A laboratory: what goes wrong shows soon, and a node that is back is used again.
SlurmctldTimeout=30
SlurmdTimeout=10
KillWait=2
InactiveLimit=0
EnforcePartLimits=ALL
KillOnBadExit=1
MinJobAge=86400
FirstJobId=$(first_job)
OverTimeLimit=0
ReturnToService=2
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=2
PropagateResourceLimits=NONE
NodeName=node[1-$nodes] NodeAddr=$network.[1-$nodes] Sockets=1 CoresPerSocket=$cpus ThreadsPerCore=1 RealMemory=$memory State=UNKNOWN
PartitionName=batch Nodes=ALL Default=YES MaxTime=1-0 DefaultTime=10 State=UP
CONF
}

# Everything that `up` writes once. Reads nodes, cpus, memory, owner.
write_config() {
    local i
    mkdir -p "$dir"/{etc/slurm,log,state,run,mnt} && chmod 700 "$dir" "$dir/state"
    {
        echo "127.0.0.1 localhost"
        echo "$login login"
        for ((i = 1; i <= nodes; i++)); do echo "$network.$i node$i"; done
    } >"$dir/etc/hosts"
    : >"$dir/etc/resolv.conf"
    rm -f "$dir/etc/munge.key"
    head -c 128 /dev/urandom >"$dir/etc/munge.key"
    chmod 400 "$dir/etc/munge.key"
    # A user whom /etc/passwd does not know, as in some containers: Slurm wants a name for each.
    rm -f "$dir/etc/passwd"
    getent passwd "$uid" >/dev/null || {
        cat /etc/passwd
        echo "$owner:x:$uid:$gid::$dir:/bin/bash"
    } >"$dir/etc/passwd"
    # shellcheck disable=SC2016 # the prompt expands when it is shown
    echo 'PS1="\h:\w\$ "' >"$dir/etc/bashrc" # of `twofold cluster shell`
    write_slurm_conf >"$dir/etc/slurm/slurm.conf"
    # Without this line slurmd looks for /sys/fs/cgroup and stops where nothing is mounted there.
    echo "CgroupPlugin=cgroup/v1" >"$dir/etc/slurm/cgroup.conf"
    # Slurm 22.05's default way of a fence, "tree", lets some ranks leave MPI_Init too early: some
    # 7 % of the jobs on several nodes die of SIGSEGV. "ring" is right.
    echo "PMIxCollFence=ring" >"$dir/etc/slurm/mpi.conf"
    # Open MPI: shared memory inside a node, TCP between nodes, no search for other networks; more
    # ranks than the machine has cores, so whoever waits gives the core away.
    cat >"$dir/etc/openmpi-mca-params.conf" <<CONF
pml = ob1
btl = self,${shared_memory},tcp
mpi_yield_when_idle = 1
rmaps_base_oversubscribe = 1
hwloc_base_binding_policy = none
CONF
}

# What a shell, and so a job, on a node needs in its environment.
export_environment() {
    # What belongs to the machine around: places below /tmp and /run that no node has, and the job of
    # another cluster in which the box may run, which srun would take for its own.
    unset TMPDIR XDG_RUNTIME_DIR "${!SLURM_@}" "${!PMI_@}" "${!PMIX_@}"
    export SLURM_CONF=$dir/etc/slurm/slurm.conf
    export TWOFOLD_BOX=yes # that this is one: twofold submit and slurm/job.sh want to know
    # More threads than the machine has cores: who waits at a barrier sleeps.
    export OMP_WAIT_POLICY=passive
    # Open MPI 5 reads these from the environment; 4.1 reads the file above.
    export PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
    export PRTE_MCA_hwloc_default_binding_policy=none
    if [ "$owner" = root ]; then
        export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    fi
}
