#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# submit.sh: `twofold submit`: sends a lab to a cluster as a batch job, follows it, shows the result.
#
# Theory of operation. A job is one of the templates slurm/*.sbatch with its values filled in, kept
# as build/jobs/NAME.sbatch, so that what was submitted can be read, changed and submitted again by
# hand. What a site wants comes from slurm/site.conf. Where a cluster in a box is up (twofold
# cluster) the job goes there: this program then starts itself once more on its login node.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/build/bin/*}
here=$PWD
T=$root/build/bin/twofold
cd "$root" || exit 2

usage='Usage: twofold submit LAB [VERSION] [--nodes N] [--tasks N] [--cpus N] [--time H:M:S]
                     [--kind KIND] [--solution] [--dry-run] [--no-wait] [NAME=VALUE...] [--check]

Send a lab to a cluster as a batch job, follow it in the queue and show its output.

  --nodes N     machines (1)
  --tasks N     MPI ranks in all (one for each node, but 2 at least)
  --cpus N      CPUs of each rank: its threads (2 for threads, else 1)
  --time H:M:S  the limit of the job (TIME of slurm/site.conf)
  --kind KIND   omp, mpi, hybrid (by the version), contrast, or scaling
  --solution    the solution instead of your own files
  --dry-run     print the script and do not submit it
  --no-wait     submit it and do not follow it

NAME=VALUE, --check, --seed=S and the like go to the lab. The script that was submitted is kept in
build/jobs. The exit status is that of the job; 1 where Slurm ended it, 2 where it was not taken.

Example: twofold submit heat mpi --nodes 2 --tasks 4 n=1024 --check'

die() {
    printf 'twofold submit: %s\n' "$*" >&2
    exit 2
}
ended() { # as die, for a job that was taken and did not end well
    printf 'twofold submit: %s\n' "$*" >&2
    exit 1
}
number() { # NAME TEXT HIGH
    case $2 in '' | *[!0-9]* | ??????*) die "$1 must be a whole number from 1 to $3, not '$2'." ;; esac
    [ "$2" -ge 1 ] && [ "$2" -le "$3" ] || die "$1 must be from 1 to $3, not $2."
}

. slurm/queue.sh

# -- what was asked for -------------------------------------------------------------------------------

words=("$@")
lab='' version='' nodes=1 tasks='' cpus='' limit='' kind='' solution='' dry='' wait=yes args=()
while [ $# -gt 0 ]; do
    case $1 in
    --nodes=* | --tasks=* | --cpus=* | --time=* | --kind=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    --nodes | --tasks | --cpus | --time | --kind) [ $# -gt 1 ] || die "$1 wants a value; try --help." ;;
    esac
    case $1 in
    --nodes) nodes=$2 && shift ;;
    --tasks) tasks=$2 && shift ;;
    --cpus) cpus=$2 && shift ;;
    --time) limit=$2 && shift ;;
    --kind) kind=$2 && shift ;;
    --solution | --solutions) solution=yes ;;
    --dry-run) dry=yes ;;
    --no-wait) wait='' ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    -n | -N | -c | -t) die "'$1' is sbatch's; here it is --tasks, --nodes, --cpus or --time." ;;
    -* | *=*) args+=("$1") ;;
    *)
        if [ -z "$lab" ]; then
            lab=$1
        elif [ -z "$version" ]; then
            version=$1
        else
            die "'$1' is not understood: parameters are written name=value."
        fi
        ;;
    esac
    shift
done
[ -n "$lab" ] || die "which lab? twofold list shows them."
for word in "${args[@]}"; do
    case $word in
    *[!A-Za-z0-9_.,:/=+-]*) die "'$word' holds a letter that cannot stand in a batch script." ;;
    esac
done

. common/cli/shell/labs.sh
[ -z "$course" ] || export TWOFOLD_COURSE=$course # the job has it from here
find_lab "$lab"
program=build/labs/$lab
[ -z "$solution" ] || program=build/solutions/$lab
[ -x "$program" ] || die "$program is not built; type make build."

describe=$("$program" --describe) || die "$program does not say what it is; type make build."
case $kind in
'' | omp | mpi | hybrid) [ -n "$version" ] || version=${kind:-mpi} ;;
scaling) [ -n "$version" ] || version=mpi ;;
contrast) version=${version:-mpi} ;;
*) die "there is no kind of job '$kind'; there are omp, mpi, hybrid, contrast and scaling." ;;
esac
run=$(sed -n 's/.*"kind":"version","name":"'"${version//[!a-z0-9_]/}"'","run":"\([a-z]*\)".*/\1/p' <<<"$describe")
[ -n "$run" ] || die "$lab has no version '$version'; it has$(
    sed -n 's/.*"kind":"version","name":"\([^"]*\)".*/ \1/p' <<<"$describe" | tr '\n' ',' | sed 's/,$//')."
case $run in
ranks) natural=mpi ;;
hybrid) natural=hybrid ;;
*) natural=omp ;;
esac
kind=${kind:-$natural}
case $kind in
scaling) [ "$run" = ranks ] || die "scaling is about ranks, and version '$version' has none." ;;
contrast) ;;
*) [ "$kind" = "$natural" ] || die "version '$version' is a job of kind $natural, not $kind." ;;
esac

number "the number of nodes" "$nodes" 10000
if [ -z "$tasks" ]; then
    tasks=1
    case $kind in
    mpi | scaling) tasks=$((nodes > 2 ? nodes : 2)) ;;
    hybrid) tasks=$nodes ;;
    contrast) tasks=2 ;;
    esac
fi
number "the number of tasks" "$tasks" 99999
if [ -z "$cpus" ]; then
    cpus=1
    case $run in threads | hybrid) [ "$kind" = contrast ] || cpus=2 ;; esac
fi
number "the number of CPUs" "$cpus" 1024
case $kind in
omp | contrast) [ "$nodes" -eq 1 ] ||
    die "$([ "$kind" = omp ] && echo "version '$version' is one process, and cannot use" ||
        echo "the contrast compares on one node, and wants no") $nodes nodes; leave --nodes out." ;;
esac
if [ "$kind" = omp ] && [ "$tasks" -ne 1 ]; then
    die "version '$version' is one process; its threads are --cpus (CPUS=$tasks), not tasks."
fi
[ "$tasks" -ge "$nodes" ] || die "$tasks tasks cannot be on $nodes nodes; each node wants one at least."
[ "$run" != serial ] || [ "$cpus" -eq 1 ] || die "version 'serial' is one thread; leave --cpus out."
if [ -n "$limit" ]; then
    grep -qE '^([0-9]+-)?[0-9]+(:[0-9]+){0,2}$' <<<"$limit" ||
        die "the time '$limit' is not understood; write it as 00:05:00: hours, minutes, seconds."
fi

# -- the script ---------------------------------------------------------------------------------------

read_site
name=$lab-$version
case $kind in scaling | contrast) name=$lab-$kind ;; esac
array=1
for ((i = 2; i < tasks; i *= 2)); do array=$array,$i; done
[ "$tasks" -eq 1 ] || array=$array,$tasks

fill job-name "$name"
fill output "build/jobs/%x-$([ "$kind" = scaling ] && echo %A_%a || echo %j).out"
fill nodes "$nodes"
fill ntasks "$tasks"
fill cpus-per-task "$cpus"
fill array "$array%1"
fill time "${limit:-${TIME:-00:05:00}}"
edit+=(-e "s|^LAB=.*|LAB=$lab VERSION=$version ARGS='${args[*]-}'${solution:+ SOLUTION=yes}|")
if [ -n "$dry" ]; then
    filled "slurm/$kind.sbatch"
    exit
fi

# -- to the box, if there is one, or to this cluster --------------------------------------------------

go_to_the_box "$T" submit "${words[@]}"
need_slurm
mkdir -p build/jobs || exit 2
filled "slurm/$kind.sbatch" >"build/jobs/$name.sbatch" || exit 2
echo "sbatch build/jobs/$name.sbatch" >&2
submit "build/jobs/$name.sbatch"
echo "Job $id is in the queue. Out of it again: scancel $id" >&2
[ -n "$wait" ] || exit 0

trap 'echo; echo "The job goes on: squeue -j $id shows it, scancel $id ends it." >&2; exit 130' INT TERM
follow "$id"

# -- the result -----------------------------------------------------------------------------------------

for file in "build/jobs/$name-$id.out" $(compgen -G "build/jobs/$name-${id}_*.out" | sort -V); do
    [ ! -e "$file" ] || {
        echo "== $file" >&2
        cat "$file"
    }
done
job=$(scontrol show job "$id" 2>/dev/null)
states=$(grep -o 'JobState=[A-Z_]*' <<<"$job" | sort -u | cut -d= -f2)
code=$(grep -o 'ExitCode=[0-9]*:[0-9]*' <<<"$job" | sort -t= -k2 -n | tail -n 1 | cut -d= -f2)
case $states in
COMPLETED) exit 0 ;;
'') ended "job $id has left the queue, and Slurm does not remember how it ended; look above." ;;
*TIMEOUT*) ended "job $id reached its time limit and was ended; give it more: --time 00:30:00 (TIME=...)." ;;
*CANCELLED*) ended "job $id was cancelled." ;;
*NODE_FAIL*) ended "a node of job $id died; submit it once more." ;;
*OUT_OF_MEMORY*) ended "job $id took more memory than it had asked for; raise --mem-per-cpu in build/jobs/$name.sbatch." ;;
esac
echo "twofold submit: job $id ended as ${states//$'\n'/, }, status ${code%%:*}; what it said stands above." >&2
[ "${code%%:*}" -gt 0 ] 2>/dev/null && exit "${code%%:*}"
exit 1
