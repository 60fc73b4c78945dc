#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# handout.sh: `twofold handout`: makes the tree that students get, and later its update.
#
# Theory of operation. What is handed out is named here, room by room; what nobody named stays at
# home. So no solution can slip in: a student's file is its starter of labs/NN-name/.starter, and not
# what the instructor may have made of it in labs/NN-name; questions come without answers; of tests/ only
# the rubrics of the labs go along. Labs that a course keeps outside the kit (TWOFOLD_COURSE) stand in it
# as those of the kit do. Where a course counts some versions of a lab alone, the others are handed out all
# the same, for they are the other half of the lesson, and the lab's README.md says which are graded.
#
# OUT/twofold is the tree and a git repository with one commit, OUT/twofold.tar.gz the tree alone.
# Its file handout.txt says which kit it is of, and lists every file with its digest:
#
#     version 1.0+g1a2b3c4d5e
#     made 2026-11-28T12:00:00Z
#     labs heat fetch
#     kit DIGEST PATH        whoever updates the tree replaces it
#     yours DIGEST PATH      the student's, from the first day on: no update touches it
#
# Where OUT holds a handout already, the new kit becomes a second commit on top of the first. In it
# the files that are the students' stay as they were handed out first, so that `git pull` has
# nothing to merge in them; a changed starter arrives in .starter alone, and `make reset` fetches it.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/build/bin/*}
here=$PWD

usage='Usage: twofold handout OUT [--labs "heat fetch"]

Make the tree that students get: no solutions, no tests of the kit. OUT/twofold is the tree and a
git repository with one commit, OUT/twofold.tar.gz the tree as an archive. Once more with the same
OUT, a newer kit becomes an update: a second commit, and a new archive.

  --labs NAMES  these labs only (all)

Example: twofold handout ~/handout --labs "hello heat fetch"'

die() {
    printf 'twofold handout: %s\n' "$*" >&2
    exit 2
}

out='' wanted=''
while [ $# -gt 0 ]; do
    case $1 in
    --labs=*) set -- --labs "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
    --labs)
        [ $# -gt 1 ] || die "--labs wants names, as in --labs \"heat fetch\"."
        wanted="${wanted:+$wanted }$2" && shift
        ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    -*) die "'$1' is not understood; try --help." ;;
    *)
        [ -z "$out" ] || die "'$1' is one word too many: one directory is made, and --labs takes the names of labs."
        out=$1
        ;;
    esac
    shift
done
[ -n "$out" ] || die "where to? Name a directory that is to be made, as in OUT=../handout."
[ -n "${wanted// /}" ] || wanted=''
case $out in /*) ;; *) out=$here/$out ;; esac
cd "$root" || exit 2
[ -d solutions ] || die "this tree is a handout itself; the whole kit makes them."

# -- which labs -----------------------------------------------------------------------------------------

. common/cli/shell/labs.sh
# The starter of labs/PLACE/FILE: its copy that nobody edits, or the file itself while it still says
# that it is not written yet.
starter() {
    local lab
    lab=$(home_of "$1")labs/$1
    [ -f "$lab/.starter/$2" ] && echo "$lab/.starter/$2" && return
    grep -q 'todo(__func__' "$lab/$2" 2>/dev/null && echo "$lab/$2"
}
# The files that students write: those that the solution has.
files_of() { (cd "$(home_of "$1")solutions/$1" 2>/dev/null && ls ./*.c | cut -c3-); }
lacks() { # PLACE: what it lacks to be handed out, if anything
    local home
    home=$(home_of "$1")
    [ -n "$(files_of "$1")" ] || echo "${home}solutions/$1 holds no file, so it is not known what students write in ${home}labs/$1"
    for file in $(files_of "$1"); do
        [ -n "$(starter "$1" "$file")" ] || {
            echo "${home}labs/$1/$file has no starter: put it, not yet filled in, into ${home}labs/$1/.starter"
            break
        }
    done
}
dirs=''
for word in ${wanted:-$all}; do
    find_lab "$word"
    lack=$(lacks "$place")
    if [ -z "$lack" ]; then
        dirs="$dirs$place"$'\n'
    elif [ -n "$wanted" ]; then
        die "$lack."
    else
        echo "$lack; the lab is left out." >&2
    fi
done
dirs=$(sort -u <<<"$dirs") names=''
for place in $dirs; do names="$names ${place#*-}"; done

# -- the place ------------------------------------------------------------------------------------------

tree=$out/twofold old=''
if [ -e "$out" ] && [ ! -d "$out" ]; then
    die "$out is a file; name a directory that is to be made."
elif [ -f "$tree/handout.txt" ]; then
    old=$tree
elif [ -d "$out" ] && [ -n "$(ls -A "$out" 2>/dev/null)" ]; then
    die "$out is not empty, and is no handout of this kit: name a directory that is not there yet. Nothing was written."
fi
case $(readlink -f "$out")/ in "$root"/labs/* | "$root"/common/* | "$root"/solutions/* | "$root"/tests/* | "$root"/docs/* | "$root"/slurm/*)
    die "$out lies among the files that are handed out; name a directory elsewhere." ;;
esac
changed() { # files of the tree that are not as its handout.txt says
    (cd "$1" && sed -n 's/^\(kit\|yours\) \([0-9a-f]*\) /\2  /p' handout.txt | sha256sum -c --quiet 2>/dev/null |
        sed 's/: FAILED.*//')
}
if [ -n "$old" ]; then
    first=$(changed "$old" | head -n 1)
    [ -z "$first" ] || die "$old/$first is not as it was handed out. An update is made of a handout that nobody" \
        "works in: put that file back, or name another OUT. Nothing was written."
fi
mkdir -p "$out" 2>/dev/null || die "$out cannot be made; name a directory that you may write in."
new=$(mktemp -d "$out/.making-XXXXXX" 2>/dev/null) || die "nothing can be written in $out; name another directory."
trap 'rm -rf "$new"' EXIT
trap 'exit 130' INT TERM HUP
full() { die "the handout could not be written into $out; is there room on the disk? What was there is as it was."; }

# -- what is handed out ---------------------------------------------------------------------------------

# Commands of whoever teaches: their programs are no use without what stays at home.
teach='grade handout course new-lab autograder'
files() { # those of the kit
    local name
    printf '%s\n' Makefile LICENSE .clang-format
    find common/kit common/observe common/judge common/origin common/report common/box common/switch \
        slurm .devcontainer -type f ! -path 'slurm/grade*' 2>/dev/null
    set -- -name teach.mk
    for name in $teach; do set -- "$@" -o -path "common/cli/$name" -prune -o -name "$name.*"; done
    find common/cli \( "$@" \) -prune -o -type f -print
    for name in student-guide cluster-guide observer how-it-works claims wsl2 macos site; do
        [ ! -f "docs/$name.md" ] || echo "docs/$name.md"
    done
    echo tests/driver/rubric.c
    echo labs/hints.txt
    lab_files ''
}
lab_files() { # HOME: those of the labs that stand there
    local place
    for place in $dirs; do
        [ "$(home_of "$place")" = "$1" ] || continue
        # Of a lab no saved copies, and nothing of an editor; the student's own files come below.
        find "labs/$place" -maxdepth 1 -type f \( -name '*.[ch]' -o -name '*.txt' -o -name '*.py' -o -name README.md -o -name needs \)
        [ ! -f "tests/labs/${place#*-}.c" ] || echo "tests/labs/${place#*-}.c"
    done
}
mkdir "$new/twofold" || full
files | tar -cf - -T - | tar -C "$new/twofold" -xf - || full
[ -z "$course" ] || (cd "$course" && lab_files "$course/" | tar -cf - -T -) | tar -C "$new/twofold" -xf - || full
cp docs/handout/README.md "$new/twofold/README.md" || full
printf '%s\n' /build/ '/labs/*/saved-*/' '/saved-*/' '/hand-in-*' /compile_commands.json >"$new/twofold/.gitignore" || full

yours=''
for place in $dirs; do
    mkdir -p "$new/twofold/labs/$place/.starter" || full
    for file in $(files_of "$place"); do
        from=$(starter "$place" "$file")
        cp -p "$from" "$new/twofold/labs/$place/$file" && cp -p "$from" "$new/twofold/labs/$place/.starter/$file" || full
        yours="$yours labs/$place/$file"
    done
    [ ! -f "$(home_of "$place")labs/$place/answers.txt" ] || {
        # A question and its comment go along, an answer does not.
        awk '/^#|^ *$/ { print; next } /^q[0-9]+:/ { sub(/:.*/, ":"); print }' "$(home_of "$place")labs/$place/answers.txt" \
            >"$new/twofold/labs/$place/answers.txt" || full
        yours="$yours labs/$place/answers.txt"
    }
    graded=''
    [ ! -f "$course/course.conf" ] || graded=$("$root/build/bin/twofold" course versions "$course" "${place#*-}") || exit 2
    [ -z "$graded" ] || [ ! -f "$new/twofold/labs/$place/README.md" ] || {
        VERSIONS=$graded awk '{ print } NR == 1 { print "\n**Graded in this course: " ENVIRON["VERSIONS"] \
            ".** The other versions are here for the contrast: write them or not, they give no points." }' \
            "$(home_of "$place")labs/$place/README.md" >"$new/twofold/labs/$place/README.md" || full
    }
done
[ -n "$yours" ] || die "no lab can be handed out; why stands above."
if [ -n "$old" ]; then # what is the students' stays as it was
    for file in $(sed -n 's/^yours [0-9a-f]* //p' "$old/handout.txt"); do
        [ ! -f "$new/twofold/$file" ] || cp "$old/$file" "$new/twofold/$file" || full
    done
fi

# -- the manifest ---------------------------------------------------------------------------------------

cd "$new/twofold" || exit 2
version=$(sed -n 's/^#define KIT_VERSION "\(.*\)"/\1/p' common/judge/version.h)
digests=$(find . -type f ! -name handout.txt -print0 | sort -z | xargs -0 sha256sum) || full
commit=$([ ! -e "$root/.git" ] || git -C "$root" rev-parse --short=10 HEAD 2>/dev/null)
{
    echo "# What was handed out. make update and make hand-in read it: leave it as it is."
    echo "version $version+${commit:+g}${commit:-s$(sha256sum <<<"$digests" | cut -c1-10)}"
    echo "made $(date -u +%Y-%m-%dT%H:%M:%SZ)"
    echo "labs$names"
    awk -v yours="$yours " '{ path = substr($0, 69); kind = index(yours, " " path " ") ? "yours" : "kit"
        print kind, substr($0, 1, 64), path }' <<<"$digests"
} >handout.txt || full
if [ -n "$old" ] && diff <(grep -v '^made\|^version ' "$old/handout.txt") <(grep -v '^made\|^version ' handout.txt) >/dev/null; then
    echo "$tree is up to date: nothing in it would change."
    exit 0
fi

# -- the repository, the archive, and their place ---------------------------------------------------------

tar -C .. --exclude=.git --owner=0 --group=0 --sort=name -czf ../twofold.tar.gz twofold || full
repository=''
if command -v git >/dev/null; then
    [ -z "$old" ] || [ ! -d "$old/.git" ] || cp -a "$old/.git" .git || full
    [ -d .git ] || git -c init.defaultBranch=main init -q . || full
    who=(-c "user.name=$(git config user.name || echo Twofold)" -c "user.email=$(git config user.email || echo twofold@localhost)")
    { git add -A . && git "${who[@]}" -c commit.gpgsign=false commit -q -m "Twofold $(sed -n 's/^version //p' handout.txt):${names}"; } || full
    repository=" and a git repository"
fi
cd "$out" || exit 2
if [ -n "$old" ]; then
    mv "$tree" "$new/before" || full
    mv "$new/twofold" "$tree" || { mv "$new/before" "$tree"; full; }
else
    mv "$new/twofold" "$tree" || full
fi
mv -f "$new/twofold.tar.gz" "$out/twofold.tar.gz" || full
if [ -n "$old" ]; then
    echo "$tree is updated${repository:+, as one commit more}; the archive $tree.tar.gz is new, too."
    echo "Students fetch it by git pull, or by make update FROM=twofold.tar.gz; their own files stay as they are."
else
    echo "$tree is what students get (a tree$repository), $tree.tar.gz the same as an archive; labs:$names."
fi
[ -n "$repository" ] || echo "git is not here, so it is no repository: install git and make it anew if you want one."
