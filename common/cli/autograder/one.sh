#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# one.sh LAB SUBMISSION FORMAT FILE [STUDENT]: judges one submission, a directory or an archive, and
# writes FILE in a format that `twofold grade --export` knows. The kit lies beside this script, built;
# perhaps also hidden.txt, an instructor's own checks, and salt, of which and of the student the seed of
# the cases is made as common/cli/grade/variant.h does it. The salt itself is told to no program.
#
# The student's program runs in the kit's sandbox. A container often forbids what that is made of;
# there everything that judges runs as a user who may write nothing but what is judged, and whatever
# he has left is ended before the result is taken. That holds mistakes; a program that attacks the
# judge could then forge its own score, and the score says that there was no sandbox.

set -u
lab=$1 submission=$2 format=$3 file=$4
self=$(readlink -f "$0")
here=${self%/*}
kit=${TWOFOLD_KIT:-$here/twofold}
nobody=60699
more=()
if [ -s "$here/salt" ]; then
    [ -n "${5-}" ] || { echo "Nobody said who handed this in, and each student has cases of their own." >&2 && exit 2; }
    digest=$(printf '%s\0' "$(cat "$here/salt")" "$lab" "$5" | sha256sum)
    more+=(--seed $((1 + 16#${digest:0:12} % 1000000000)))
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
chmod 711 "$work"
mkdir "$work/in" "$work/out" "$work/tmp"
if [ -e "$here/hidden.txt" ]; then
    install -m 600 "$here/hidden.txt" "$work/hidden.txt" || exit 2
    more+=(--hidden "$work/hidden.txt")
fi
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
        --out "$work/out" "${more[@]}" "$@" "$work/in" >"$work/said" 2>&1
}
grade env --
status=$?
if [ $status -eq 2 ]; then # refused: no sandbox can be made here
    as=(env)
    if [ "$(id -u)" -eq 0 ]; then
        chmod -R a+rX "$work/in"
        rm -rf "$work/out" && mkdir "$work/out"
        chown "$nobody:$nobody" "$work/out" "$work/tmp"
        [ ! -e "$work/hidden.txt" ] || chown "$nobody" "$work/hidden.txt"
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
