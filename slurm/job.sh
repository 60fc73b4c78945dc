# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# job.sh: what all batch scripts of this directory do before their own work; they read it with
# `source`. It reads site.conf, loads its modules, and makes
#
#   $program    the lab, compiled: build/labs/NAME, or build/solutions/NAME with SOLUTION=yes
#   start       an array: the command that starts the ranks of this job, as in "${start[@]}" program
#   placement   a function: starts a process a rank, says which CPUs each got and what is wrong;
#               it succeeds if every process has CPUs of its own

refuse() {
    echo "$*" >&2
    exit 2
}

[ -n "${SLURM_JOB_ID-}" ] || refuse "This is a batch script: submit it with sbatch, or make submit."
# A job begins in the directory where sbatch was called. (The script itself runs as a copy that
# Slurm has made somewhere else, so its own path tells nothing.)
[ -f slurm/site.conf ] || refuse "Submit it from the directory of the kit: cd twofold && sbatch slurm/..."
# (TWOFOLD_SITE: another file in its place, for whoever uses more than one cluster.)
source "${TWOFOLD_SITE:-slurm/site.conf}"

if [ -n "$MODULES" ]; then
    # A batch shell is no login shell, so the command `module` may not be there yet.
    type module >/dev/null 2>&1 || source /etc/profile
    # shellcheck disable=SC2086 # a list
    module load $MODULES || refuse "MODULES in slurm/site.conf: not all of '$MODULES' could be loaded."
fi
[ -z "$SCRATCH" ] || export TMPDIR=$SCRATCH

program=build/labs/$LAB
[ -z "${SOLUTION-}" ] || program=build/solutions/$LAB
[ -x "$program" ] || refuse "$program is not there: type make build on the login node, before you submit."

# sbatch was told --cpus-per-task; since Slurm 22.05 srun wants to be told again.
export SRUN_CPUS_PER_TASK=${SLURM_CPUS_PER_TASK:-1}

if [ -z "$LAUNCHER" ]; then
    LAUNCHER=mpirun
    if srun --mpi=list 2>&1 | grep -q pmix || ! command -v mpirun >/dev/null; then LAUNCHER=srun; fi
fi
case $LAUNCHER in
srun)
    # A CPU of its own for each thread of each rank, where this Slurm can bind.
    start=(srun)
    scontrol show config | grep -q '^TaskPlugin *= *task/none' || start+=(--cpu-bind=cores)
    ;;
mpirun)
    # In an allocation mpirun asks Slurm how many ranks on which nodes; -n would only contradict.
    if [ -n "${TWOFOLD_BOX-}" ]; then
        start=(mpirun --bind-to none) # nodes that share the CPUs of one machine
    else
        start=(mpirun --map-by "slot:PE=$SRUN_CPUS_PER_TASK" --bind-to core)
    fi
    ;;
*) refuse "LAUNCHER in slurm/site.conf is srun or mpirun, not '$LAUNCHER'." ;;
esac

placement() {
    echo "Where the processes run:"
    "$@" build/bin/twofold where 2>&1 | build/bin/twofold where --judge
}

[ -z "${TWOFOLD_BOX-}" ] || echo "On a cluster in a box: its nodes share this machine's CPUs, so times do not tell how it scales."
echo "Job $SLURM_JOB_ID, $SLURM_JOB_NAME: ${SLURM_NTASKS:-1} ranks x ${SLURM_CPUS_PER_TASK:-1} CPUs on $SLURM_JOB_NODELIST"
