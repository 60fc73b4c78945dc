#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# one.sh LAB SUBMISSION FORMAT FILE: judges one submission, a directory or an archive, and writes
# FILE in a format that `twofold grade --export` knows. The kit lies beside this script, built.
#
# The student's program runs in the kit's sandbox. A container often forbids what that is made of;
# there everything that judges runs as a user who may write nothing but what is judged, and whatever
# he has left is ended before the result is taken. That holds mistakes; a program that attacks the
# judge could then forge its own score, and the score says that there was no sandbox.

set -u
lab=$1 submission=$2 format=$3 file=$4
self=$(readlink -f "$0")
kit=${TWOFOLD_KIT:-${self%/*}/twofold}
nobody=60699
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
chmod 711 "$work"
mkdir "$work/in" "$work/out" "$work/tmp"
if [ -d "$submission" ]; then
    mkdir "$work/in/submission"
    # Files, and no links to what lies elsewhere.
    find "$submission" -maxdepth 2 -type f -name '*.c' -size -1024k -exec cp {} "$work/in/submission" \;
else
    cp "$submission" "$work/in/submission.${submission#*.}" || exit 2
fi

grade() { # grade PREFIX... -- OPTIONS...
    local prefix=()
    while [ "$1" != -- ]; do prefix+=("$1") && shift; done
    shift
    "${prefix[@]}" "$kit/build/bin/twofold" grade --lab "$lab" --layout plain --jobs 1 --export "$format" \
        --out "$work/out" "$@" "$work/in" >"$work/said" 2>&1
}
grade env --
status=$?
if [ $status -eq 2 ]; then # refused: no sandbox can be made here
    as=(env)
    if [ "$(id -u)" -eq 0 ]; then
        chmod -R a+rX "$work/in"
        rm -rf "$work/out" && mkdir "$work/out"
        chown "$nobody:$nobody" "$work/out" "$work/tmp"
        as=(setpriv "--reuid=$nobody" "--regid=$nobody" --clear-groups --no-new-privs
            env "HOME=$work/tmp" "TMPDIR=$work/tmp")
    fi
    grade "${as[@]}" -- --no-sandbox
    status=$?
    [ "$(id -u)" -ne 0 ] || "${as[@]}" bash -c 'kill -KILL -1' 2>/dev/null
fi
made=$(find "$work/out/$format" -type f -name 'submission.*' 2>/dev/null | head -n 1)
if [ -z "$made" ]; then
    cat "$work/said" >&2
    exit $((status > 1 ? status : 2))
fi
cp "$made" "$file"
