#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# hand-in.sh: `twofold hand-in`: makes the one file that a student hands in, and looks at one.
#
# Theory of operation. Which files belong to a lab is known: in a handout those that handout.txt calls
# the student's, in the whole kit those that the solution has, and answers.txt. They and no others are
# packed, with manifest.txt: the lab, the kit, when, and the digest of each file; its last line is the
# digest of the lines before. That tells mistakes (another lab's file, one edited after packing), and
# no forgery: whoever wants to can write a manifest. Points come from the files alone. What is missing,
# not written or does not build is said, and nothing is refused for it: an unfinished answer may be
# handed in. The file's name has the time in it, so none is overwritten.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/build/bin/*}
here=$PWD
cd "$root" || exit 2

usage='Usage: twofold hand-in LAB
       twofold hand-in LAB --look FILE

Pack your files of a lab into one file to hand in, and say what is missing in it, what does not build,
and what the last check found. With --look, see whether FILE is a whole hand-in of that lab.

Example: twofold hand-in heat'

die() {
    printf 'twofold hand-in: %s\n' "$*" >&2
    exit 2
}
lab='' look=''
while [ $# -gt 0 ]; do
    case $1 in
    --look=*) set -- --look "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
    --look)
        [ $# -gt 1 ] || die "--look wants the file to look at."
        look=$2 && shift
        ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    -*) die "'$1' is not understood; try --help." ;;
    *)
        [ -z "$lab" ] || die "one lab at a time; '$1' is too much."
        lab=$1
        ;;
    esac
    shift
done
[ -n "$lab" ] || die "which lab? twofold list shows them."
. common/cli/shell/labs.sh
find_lab "$lab"
of=${home:+" COURSE=${home%/}"} # behind LAB=, in what is to be typed
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-hand-in-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# -- looking at one -------------------------------------------------------------------------------------

if [ -n "$look" ]; then
    case $look in /*) ;; *) look=$here/$look ;; esac
    [ -f "$look" ] || die "there is no file $look."
    # Plain files of one directory, by name: nothing that leads elsewhere is unpacked.
    list=$(tar -tvzf "$look" 2>/dev/null) || die "$look is no archive that can be read: pack and fetch it once more."
    ! grep -qv '^-' <<<"$list" || die "$look holds more than plain files, and no hand-in does."
    tar -xzf "$look" -C "$work" --strip-components=1 --no-same-owner -- "$lab" 2>/dev/null || {
        its=$(tar -tzf "$look" | sed 's|/.*||' | sort -u | head -n 1)
        die "$look is a hand-in of $its, and not of $lab: hand in the other file, or name that lab."
    }
    cd "$work" || exit 2
    [ -f manifest.txt ] || die "$look has no manifest.txt: hand in the file that make hand-in makes."
    [ "$(sed '$d' manifest.txt | sha256sum | cut -c1-64)" = "$(sed -n '$s/^manifest //p' manifest.txt)" ] ||
        die "the manifest of $look was edited: pack it once more with make hand-in LAB=$lab, and change nothing in it."
    [ "$(sed -n 's/^lab //p' manifest.txt)" = "$lab" ] || die "$look is a hand-in of $(sed -n 's/^lab //p' manifest.txt), and not of $lab."
    changed=$(sed -n 's/^file \([0-9a-f]*\) /\1  /p' manifest.txt | sha256sum -c --quiet 2>/dev/null | sed 's/: FAILED.*//' | head -n 1)
    [ -z "$changed" ] || die "$changed of $look was changed after it was packed: pack it once more with make hand-in LAB=$lab."
    echo "A whole hand-in of $lab, packed $(sed -n 's/^handed //p' manifest.txt) by $(sed -n 's/^by //p' manifest.txt) with kit" \
        "$(sed -n 's/^kit //p' manifest.txt):$(sed -n 's/^file [0-9a-f]*//p' manifest.txt | tr -d '\n')."
    exit 0
fi

# -- packing one ----------------------------------------------------------------------------------------

if [ -f handout.txt ] && [ -z "$home" ]; then
    files=$(sed -n "s|^yours [0-9a-f]* labs/$place/||p" handout.txt)
    kit=$(sed -n 's/^version //p' handout.txt)
else
    files=$(cd "${home}solutions/$place" 2>/dev/null && ls ./*.c | cut -c3-)$'\n'answers.txt
    kit=$(sed -n 's/^#define KIT_VERSION "\(.*\)"/\1/p' common/judge/version.h)+g$(git rev-parse --short=10 HEAD 2>/dev/null)
fi
compiler=$(sed -n 's/^compile: //p' build/lib/compile.txt 2>/dev/null)
[ -n "$compiler" ] || die "the kit is not built yet: type make hand-in LAB=$lab$of, which builds it."

mkdir "$work/$lab" || exit 2
packed=''
for file in $files; do
    mine=${home}labs/$place/$file
    if [ ! -e "$mine" ]; then
        echo "$file is missing, and is not in it."
        continue
    elif [ -L "$mine" ] || [ ! -f "$mine" ]; then
        echo "$file is no plain file, and is not in it: put the file itself there."
        continue
    elif [ "$(wc -c <"$mine")" -gt 1048576 ]; then
        echo "$file is larger than 1 MiB, and is not in it: no file of a lab is."
        continue
    fi
    cp "$mine" "$work/$lab/$file" || die "$mine cannot be read: chmod u+r $mine."
    packed="$packed $file"
    case $file in
    answers.txt)
        open=$(grep -cE '^q[0-9]+: *$' "$mine")
        [ "$open" -eq 0 ] || echo "answers.txt: $open questions have no answer yet."
        ;;
    *)
        if grep -q 'todo(__func__' "$mine"; then
            echo "$file is not written yet: it still calls todo()."
        elif ! said=$($compiler -w -fsyntax-only -Icommon/kit "-I${home}labs/$place" "$mine" 2>&1); then
            echo "$file does not compile: $(grep -m 1 'error' <<<"$said" | sed "s|${home}labs/$place/||")"
        fi
        ;;
    esac
done
[ -n "$packed" ] || die "${home}labs/$place holds none of the lab's files, so there is nothing to hand in."
journal=build/check/$lab.jsonl
if [ ! -s "$journal" ]; then
    echo "It was never checked: make check LAB=$lab$of says what it is worth."
else
    stale=$(find "${home}labs/$place" -maxdepth 1 -name '*.c' -newer "$journal" | head -n 1)
    # The lines of the last run: those behind the last build line of another run are few.
    build/bin/twofold progress --json | sed -n "s/.*\"lab\":\"$lab\".*\"points\":\([0-9.]*\),\"max_points\":\([0-9.]*\).*/The last check gave \1 of \2 points./p"
    [ -z "$stale" ] || echo "${stale##*/} was saved after that check: make check LAB=$lab$of looks again."
fi

now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
{
    echo "# What was handed in, for whoever looks at it: twofold hand-in $lab --look FILE"
    echo "lab $lab"
    echo "kit $kit"
    echo "handed $now"
    echo "by $(id -un 2>/dev/null || id -u)"
    (cd "$work/$lab" && sha256sum -- $packed) | sed 's/^\([0-9a-f]*\)  /file \1 /'
} >"$work/$lab/manifest.txt" || die "nothing can be written in ${TMPDIR:-/tmp}; is there room?"
echo "manifest $(sha256sum <"$work/$lab/manifest.txt" | cut -c1-64)" >>"$work/$lab/manifest.txt"

name=hand-in-$lab-$(date +%Y%m%d-%H%M%S)
for ((i = 2; ; i++)); do
    [ -e "$name.tar.gz" ] || break
    name=${name%%.*}.$i
done
# shellcheck disable=SC2086 # names without blanks
(cd "$work" && tar --owner=0 --group=0 -czf packed.tar.gz "$lab/manifest.txt" $(printf "$lab/%s " $packed)) &&
    cp "$work/packed.tar.gz" "$name.tar.gz.part" 2>/dev/null && mv "$name.tar.gz.part" "$name.tar.gz" || {
    rm -f "$name.tar.gz.part"
    die "$root/$name.tar.gz cannot be written; is there room on the disk?"
}
echo "Hand in $root/$name.tar.gz:$packed"
