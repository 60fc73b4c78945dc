# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# queue.sh: what scripts that submit jobs have in common; twofold submit and slurm/grade.sh read it
# with `source`. They have set `root`, the kit's directory, in which they work, and `die`.

# Sets the words of site.conf, each empty where it says nothing.
read_site() {
    PARTITION='' ACCOUNT='' OPTIONS='' TIME='' GRADE_TIME=''
    local site=${TWOFOLD_SITE:-slurm/site.conf}
    case $site in */*) ;; *) site=./$site ;; esac
    # shellcheck source=slurm/site.conf
    . "$site" || die "$site cannot be read by bash; what is wrong stands above."
    [ "${TWOFOLD_BOX-}" = '' ] || PARTITION='' ACCOUNT='' OPTIONS='' # they are another cluster's
}

# fill KEY VALUE: the line of the template that says #SBATCH --KEY gets this value.
edit=()
fill() { edit+=(-e "s|^#SBATCH --$1=.*|#SBATCH --$1=$2|"); }

# filled TEMPLATE: prints it with all that was filled in, and what site.conf asks for.
filled() {
    local extra='' word
    [ -z "$PARTITION" ] || extra="$extra#SBATCH --partition=$PARTITION\\n"
    [ -z "$ACCOUNT" ] || extra="$extra#SBATCH --account=$ACCOUNT\\n"
    for word in $OPTIONS; do extra="$extra#SBATCH $word\\n"; done
    [ -z "$extra" ] || edit+=(-e "s|^#SBATCH --time=.*|&\\n# What slurm/site.conf asks for.\\n${extra%\\n}|")
    sed "${edit[@]}" "$1"
}

# go_to_the_box COMMAND...: where a cluster in a box is up, the command runs on its login node instead
# of what follows here.
go_to_the_box() {
    [ -z "${TWOFOLD_BOX-}" ] && "$root/build/bin/twofold" cluster run true 2>/dev/null || return 0
    echo "To the cluster in a box that is up here." >&2
    exec "$root/build/bin/twofold" cluster run "$@"
}

need_slurm() {
    local said
    command -v sbatch >/dev/null || die "sbatch is not here: type this on a login node of your cluster," \
        "or start one of your own: make cluster"
    said=$(timeout 20 sinfo -h 2>&1) || die "no cluster answers (${said%%$'\n'*}); type this on a login node of" \
        "your cluster, or start one of your own: make cluster"
}

# submit OPTIONS... SCRIPT...: submits a job; its number is in `id` then.
submit() {
    id=$(sbatch --parsable "$@") ||
        die "Slurm did not take the job; why stands above. What this site wants is set in slurm/site.conf."
    id=${id%%;*}
}

because() { # what the queue's word for waiting means
    case $1 in
    Resources | Priority) echo "it waits for nodes that others have" ;;
    PartitionNodeLimit) echo "it asks for more nodes than this partition has: scancel $id" ;;
    PartitionTimeLimit) echo "it asks for more time than this partition gives: scancel $id" ;;
    ReqNodeNotAvail*) echo "a node that it wants is down or reserved" ;;
    *QOS* | *Assoc*) echo "a limit of your account holds it: $1" ;;
    JobArrayTaskLimit | None | '') echo "it is its turn soon" ;;
    BeginTime) echo "it was put back into the queue, and waits a moment before it runs again" ;;
    Dependency) echo "it begins when the one before it has ended" ;;
    *) echo "$1" ;;
    esac
}

# follow NUMBERS: tells what becomes of the jobs, with commas between, until all have left the queue.
follow() {
    local last='' pause=0.3 now state why where
    while now=$(squeue -h -r -j "$1" -o '%T|%r|%N' 2>/dev/null) && [ -n "$now" ]; do
        if [ "$now" != "$last" ]; then
            last=$now pause=0.3
            sort -u <<<"$now" | while IFS='|' read -r state why where; do
                case $state in
                PENDING) echo "  waiting: $(because "$why")" ;;
                RUNNING) echo "  running on $where" ;;
                COMPLETING) ;;
                *) echo "  ${state,,}" ;;
                esac
            done >&2
        fi
        sleep "$pause"
        case $pause in 0.3) pause=0.5 ;; 0.5) pause=1 ;; 1) pause=2 ;; esac # a queue is for everybody
    done
}
