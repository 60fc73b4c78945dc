#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# update.sh: `twofold update`: brings a handout up to a newer one, without a student's own files.
#
# Theory of operation. handout.txt lists what was handed out, with digests: files of the kit, and
# files that are the student's from the first day on. Of the newer handout every file of the kit takes
# its place, by rename; one that the student had changed is kept in saved-DATE-TIME first. Of the
# student's files only those are brought that no earlier handout had: they are of new labs. What the
# newer handout does not have any more goes, unless it was changed. handout.txt comes last: after a
# stop in the middle the same command does the rest.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/build/bin/*}
here=$PWD

usage='Usage: twofold update FROM

Bring this handout up to a newer one: FROM is its archive (twofold.tar.gz), its directory, or the
address of its git repository. Your own files, which you hand in, stay as they are; a file of the kit
that you changed is kept in saved-DATE-TIME. Then type make build.

Example: twofold update ~/Downloads/twofold.tar.gz'

die() {
    printf 'twofold update: %s\n' "$*" >&2
    exit 2
}

from=''
for word; do
    case $word in
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    -*) die "'$word' is not understood; try --help." ;;
    *)
        [ -z "$from" ] || die "'$word' is one word too many: a handout comes from one place."
        from=$word
        ;;
    esac
done
[ -n "$from" ] || die "from where? Name the newer handout: its archive, directory or address, as in" \
    "FROM=twofold.tar.gz."
[ -f "$root/handout.txt" ] || die "this tree is no handout but the whole kit: git pull brings it up to date."

new='' work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-update-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
case $from in
/* | *:*) ;;
*) [ ! -e "$here/$from" ] || from=$here/$from ;;
esac
if [ -d "$from" ] && [ -f "$from/twofold/handout.txt" ]; then
    new=$from/twofold
elif [ -d "$from" ] && [ -f "$from/handout.txt" ]; then
    new=$from
elif [ -f "$from" ]; then
    tar -C "$work" -xf "$from" 2>/dev/null || die "$from cannot be unpacked: fetch it once more."
    new=$work/twofold
elif [ -d "$from" ] || [[ $from == *:* ]]; then
    command -v git >/dev/null || die "git is not here, and $from is a repository: fetch the archive instead."
    git clone -q --depth 1 "$from" "$work/twofold" 2>"$work/why" ||
        die "$from cannot be fetched: $(tail -n 1 "$work/why")."
    new=$work/twofold
else
    die "there is no '$from'; name an archive, a directory or an address."
fi
[ -f "$new/handout.txt" ] || die "$from is no handout: it has no handout.txt."
[ ! "$new" -ef "$root" ] || die "$from is this very tree; name the newer one."

# list KINDS FILE: the lines DIGEST, two blanks, PATH of these kinds. A path stays in the tree.
list() {
    grep -E "^($1) [0-9a-f]{64} [A-Za-z0-9_.][A-Za-z0-9_./-]*$" "$2" | grep -v '\.\.' |
        sed -E 's/^[a-z]+ ([0-9a-f]+) /\1  /'
}
made() { sed -n 's/^made //p' "$1/handout.txt"; }
# not_as DIRECTORY: of the list on stdin, the files that are not as it says, or not there.
not_as() { (cd "$1" && sha256sum -c 2>/dev/null) | sed -n 's/: FAILED.*$//p'; }

first=$(list 'kit|yours' "$new/handout.txt" | not_as "$new" | head -n 1)
[ -z "$first" ] || die "$first of $from is not as its handout.txt says: fetch it once more. Nothing was changed."
[[ ! $(made "$new") < $(made "$root") ]] ||
    die "$from was made $(made "$new"), before this tree ($(made "$root")). Nothing was changed."

# -- what differs ---------------------------------------------------------------------------------------

list kit "$new/handout.txt" | not_as "$root" >"$work/bring"
list kit "$root/handout.txt" | not_as "$root" >"$work/touched"
list kit "$root/handout.txt" | cut -c67- | sort >"$work/had"
list yours "$root/handout.txt" | cut -c67- | sort >"$work/hers"
list 'kit|yours' "$new/handout.txt" | cut -c67- | sort >"$work/has"
list yours "$new/handout.txt" | cut -c67- | sort | comm -23 - "$work/hers" >"$work/new"
comm -23 "$work/had" "$work/has" >"$work/gone"

saved=$root/saved-$(date +%Y%m%d-%H%M%S)
keep() { # PATH: a copy of a file of the kit that was changed here
    mkdir -p "$saved/$(dirname "$1")" && cp -p "$root/$1" "$saved/$1" ||
        die "$1 is not as it was handed out, and cannot be kept in $saved. It is as it was."
    echo "You had changed $1: your version is kept in ${saved#"$root"/}."
}
bring() { # PATH
    mkdir -p "$root/$(dirname "$1")" && cp -p "$new/$1" "$root/$1.part" && mv "$root/$1.part" "$root/$1" || {
        rm -f "$root/$1.part"
        die "$1 cannot be written; is there room on the disk? The same command does the rest."
    }
}
while read -r file; do
    # Changed here, or here without ever having been handed out.
    if [ -e "$root/$file" ] && { grep -qxF "$file" "$work/touched" || ! grep -qxF "$file" "$work/had"; }; then
        keep "$file"
    fi
    bring "$file"
done <"$work/bring"
while read -r file; do
    [ -e "$root/$file" ] || bring "$file"
done <"$work/new"
while read -r file; do
    [ -e "$root/$file" ] || continue
    ! grep -qxF "$file" "$work/touched" || keep "$file"
    rm -f "$root/$file"
done <"$work/gone"
bring handout.txt
echo "This tree is of $(sed -n 's/^version //p' "$root/handout.txt") now ($(made "$root")): $(wc -l <"$work/bring") files changed." \
    "Your own files are as they were; make build compiles the rest."
