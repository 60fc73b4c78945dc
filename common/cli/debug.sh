#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# debug.sh: `twofold debug`: a version of a lab in gdb, stopped where the student's function begins.
#
# Theory of operation. A version without ranks is started by gdb. Ranks are started by their launcher as
# ever; the one that is asked for waits before the call (kit/halt.h) and says which process it is,
# and gdb, here in the foreground where the keyboard is, attaches to it. The others run and wait for it
# where they need it. build/debug/LAB is the lab compiled without optimisation.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/build/bin/*}
T=$root/build/bin/twofold
cd "$root" || exit 2

usage='Usage: twofold debug LAB VERSION [--rank R] [--workers W] [--threads T] [--gdb COMMANDS]
                     [NAME=VALUE ...]

Run your version of a lab in gdb, stopped where your function begins.

  --rank R       of a version with ranks: the one to look at (0), or all: a pane of tmux each
  --workers W    threads of the team, or ranks
  --threads T    threads in each rank of a hybrid version
  --gdb COMMANDS what gdb does then, instead of asking you: "backtrace; info threads"

NAME=VALUE and --seed=S go to the lab. `quit` in gdb leaves ranks running to their end.

Example: twofold debug heat mpi --workers 4 --rank 2 n=8 steps=2'

die() {
    printf 'twofold debug: %s\n' "$*" >&2
    exit 2
}

rank=0 script='' words=()
while [ $# -gt 0 ]; do
    case $1 in
    --rank=* | --gdb=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
    --rank)
        [[ ${2-} =~ ^([0-9]{1,4}|all)$ ]] || die "--rank wants the number of a rank, from 0, or all."
        rank=$2 && shift
        ;;
    --gdb)
        [ $# -gt 1 ] || die "--gdb wants commands of gdb, as in --gdb \"backtrace; info threads\"."
        script=$2 && shift
        ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    *) words+=("$1") ;;
    esac
    shift
done
command -v gdb >/dev/null || die "gdb is not here; install it (Debian, Ubuntu: apt-get install gdb)."
[ ${#words[@]} -gt 0 ] || die "which lab? As in: make debug LAB=heat VERSION=mpi RANK=2"
[ -n "$script" ] || [ -t 0 ] || die "gdb wants a keyboard; for one answer there is: --gdb \"backtrace\"."
[ "$rank" != all ] || command -v tmux >/dev/null ||
    die "RANK=all shows every rank in a pane of tmux, which is not here: apt-get install tmux"

# What `twofold run` would do, with the other program.
line=$("$T" run --dry-run "${words[@]}" 2>/dev/null) || { "$T" run --dry-run "${words[@]}" >/dev/null; exit 2; }
[[ $line =~ build/labs/([a-z0-9_]+)\ --version\ ([a-z0-9_]+) ]] || die "'${words[*]}' is no run of your own files."
lab=${BASH_REMATCH[1]} version=${BASH_REMATCH[2]}
[ -x "build/debug/$lab" ] || die "build/debug/$lab is not built yet: make debug LAB=$lab VERSION=$version"
line=${line/build\/labs\//build\/debug\/}

# Told to gdb before you are asked, or in your place.
first=(-q -nx -iex "set pagination off" -iex "set confirm off" -iex "set debuginfod enabled off"
    -ex "set breakpoint pending on" -ex "break ${lab}_$version")
then=()
if [ -n "$script" ]; then
    first=(-batch "${first[@]}")
    while [ -n "$script" ]; do
        one=${script%%;*}
        [[ $script == *';'* ]] && script=${script#*;} || script=''
        then+=(-ex "${one# }")
    done
fi

if [[ $line != *mpirun* && $line != *srun* ]]; then
    [ "$rank" = 0 ] || die "$version has no ranks; leave RANK out."
    # shellcheck disable=SC2034 # eval uses it
    program=("${first[@]}" -ex run "${then[@]}" --args)
    # shellcheck disable=SC2206 # the words of --dry-run are made to be split
    eval "exec ${line%%build/debug/*} gdb \"\${program[@]}\" build/debug/${line#*build/debug/}"
fi

[[ $line =~ \ -n\ ([0-9]+)\  ]] && ranks=${BASH_REMATCH[1]} || ranks=1
[ "$rank" = all ] || [ "$rank" -lt "$ranks" ] || die "there is no rank $rank: with WORKERS=$ranks they are 0 to $((ranks - 1))."
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-debug-XXXXXX") || die "nothing can be written in ${TMPDIR:-/tmp}."
launcher=''
end() {
    [ -z "$launcher" ] || { kill "$launcher" 2>/dev/null && wait "$launcher" 2>/dev/null; }
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM HUP
# In a process group of its own: Ctrl-C in gdb is for gdb.
set -m
TWOFOLD_HALT="$rank,$work/pid" bash -c "exec env $line" </dev/null >"$work/out" 2>&1 &
launcher=$!
set +m

came() { # came RANK: its number, once it waits
    local i
    for ((i = 0; i < 600; i++)); do
        [ ! -s "$work/pid.$1" ] || { cat "$work/pid.$1" && return; }
        kill -0 "$launcher" 2>/dev/null || return
        sleep 0.1
    done
}
attach() { # attach RANK: gdb's words for it
    local pid
    pid=$(came "$1")
    [ -n "$pid" ] || {
        cat "$work/out" >&2
        die "rank $1 never came to ${lab}_$version; what was printed stands above."
    }
    gdb_words=("${first[@]}" -p "$pid" -ex "set var halt_over = 1" -ex continue "${then[@]}")
}
if [ "$rank" = all ]; then
    for ((r = 0; r < ranks; r++)); do
        attach "$r"
        pane="gdb $(printf '%q ' "${gdb_words[@]}")"
        if [ "$r" -eq 0 ]; then tmux -L "twofold-$$" new-session -d -s ranks "$pane"; else
            tmux -L "twofold-$$" split-window -t ranks "$pane" && tmux -L "twofold-$$" select-layout -t ranks tiled >/dev/null
        fi || die "tmux could not make a pane for rank $r: is the window large enough?"
    done
    env -u TMUX tmux -L "twofold-$$" attach -t ranks
else
    attach "$rank"
    gdb "${gdb_words[@]}"
fi
# Whoever left gdb leaves the ranks running; they have half a minute to come to their end.
for ((i = 0; i < 300; i++)); do
    kill -0 "$launcher" 2>/dev/null || break
    sleep 0.1
done
cat "$work/out"
