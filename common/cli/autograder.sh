#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# autograder.sh: `twofold autograder`: packs the judge of one lab for a platform that judges each
# submission by itself, as it comes in.
#
# Theory of operation. What is packed is the kit with that lab alone, its solution and its rubric,
# and what the platform calls (autograder/PLATFORM), which sets up, builds, and has autograder/one.sh
# judge the one submission by `twofold grade`, as a class of one. Hidden checks and the salt of cases of
# one's own (check/hidden.h, grade/variant.h) lie beside one.sh, and not in the kit. GitHub Classroom
# judges in the student's own repository, which is a handout: for it there is one file, which runs
# `twofold check`. A student can read all of it, so it has no hidden checks, and another word for a salt.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/build/bin/*}
here=$PWD

usage='Usage: twofold autograder PLATFORM LAB OUT [--course DIR] [--hidden FILE] [--variants SALT]

Pack the judge of a lab for a platform that judges each submission as it comes in.

  gradescope   OUT is a zip: Configure Autograder, "Zip file upload"
  autolab      OUT is a directory for autograde.tar and autograde-Makefile
  github       OUT is a handout of `make handout` for GitHub Classroom, or any directory:
               .github/workflows/classroom.yml is put into it

  --hidden FILE     with these checks of your own, of which students see no inputs
  --variants SALT   cases of their own for each student, drawn from this word of the course
  --course DIR      with what the course has of both: DIR/hidden/LAB.txt, salt in DIR/course.conf

Example: twofold autograder gradescope heat heat.zip'

die() {
    printf 'twofold autograder: %s\n' "$*" >&2
    exit 2
}

words=() hidden='' salt='' course=''
while [ $# -gt 0 ]; do
    case $1 in
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    --hidden=* | --variants=* | --course=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
    --hidden | --variants | --course)
        [ -n "${2-}" ] || die "$1 wants a word behind it; try --help."
        case $1 in --hidden) hidden=$2 ;; --variants) salt=$2 ;; --course) course=$2 ;; esac
        shift
        ;;
    -*) die "there is no option '$1'; try --help." ;;
    *) words+=("$1") ;;
    esac
    shift
done
set -- "${words[@]}"
[ -n "${1-}" ] || die "for which platform? As in FOR=gradescope; gradescope, autolab and github are known."
platform=$1 lab=${2-} out=${3-}
case $platform in
gradescope | autolab | github) ;;
*) die "nothing is known of '$platform'; gradescope, autolab and github are known." ;;
esac
[ -n "$lab" ] || die "which lab? As in LAB=heat."
[ -n "$out" ] || die "where to? As in OUT=heat.zip for Gradescope, OUT=directory for the others."
[ $# -le 3 ] || die "'$4' is one word too many: a platform, a lab and a place are wanted."
case $out in /*) ;; *) out=$here/$out ;; esac
case $hidden in '' | /*) ;; *) hidden=$here/$hidden ;; esac
cd "$root" || exit 2
[ -d solutions ] || die "this tree is a handout; the whole kit packs the judge."

with=$course # the course whose hidden checks and salt are packed; one that is only in the environment has labs
[ -z "$with" ] || export TWOFOLD_COURSE=$with
. common/cli/shell/labs.sh
find_lab "$lab"
[ -f "${home}tests/labs/$lab.c" ] || die "the lab $lab has no rubric, ${home}tests/labs/$lab.c: it cannot be judged."
ls "${home}solutions/$place/"*.c >/dev/null 2>&1 ||
    die "the lab $lab has no solution in ${home}solutions/$place: speed could not be judged."

work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-autograder-XXXXXX") ||
    die "no directory can be made in ${TMPDIR:-/tmp}; set TMPDIR to one that can be written."
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
full() { die "$out could not be written; may you write there, and is there room on the disk?"; }

# What a course has of hidden checks and salt.
if [ -n "$with" ]; then
    [ -n "$salt" ] || salt=$(build/bin/twofold course salt "$course") || exit 2
    [ -n "$hidden" ] || [ ! -e "$course/hidden/$lab.txt" ] || hidden=$course/hidden/$lab.txt
fi
if [ -n "$hidden" ] && [ "$platform" = github ]; then
    echo "$hidden is left out: on GitHub Classroom students can read all that judges them. Judge by it with make grade." >&2
    hidden=
fi
if [ -n "$hidden" ]; then # a mistake in it is to be seen here, and not by students
    mkdir -p "$work/class/nobody"
    build/bin/twofold grade --lab "$lab" --no-sandbox --hidden "$hidden" --out "$work/try" "$work/class" >"$work/said" 2>&1 ||
        die "$(tail -n 1 "$work/said" | sed 's/^twofold[a-z -]*: //')"
    rm -r "$work/class" "$work/try"
fi

# What to install on Debian and Ubuntu: all that labs need, the sandbox, archives, lines of findings.
packages=$(awk -v more="$([ -z "$salt" ] || [ "$platform" != gradescope ] || echo jq)" '$1 == "demo" || $3 == more || $3 ~ /^(bwrap|nm|archive\.h|elfutils\/libdwfl\.h)$/ { print $4 }' \
    common/cli/packages.txt | sort -u | tr '\n' ' ')
fill() { sed "s|@LAB@|$lab|g; s|@PACKAGES@|${packages% }|g" "common/cli/autograder/$1"; } # fill FILE

files() { # of the kit, with this lab alone
    printf '%s\n' Makefile LICENSE
    find common slurm -type f
    printf '%s\n' labs/hints.txt tests/driver/rubric.c
}
pack_kit() { # pack_kit DIR
    files | tar --owner=0 --group=0 --sort=name --transform 's|^|twofold/|' -czf "$1/twofold.tar.gz" -T - \
        -C "${home:-.}" "labs/$place" "solutions/$place" "tests/labs/$lab.c" || full
    cp common/cli/autograder/one.sh "$1/one.sh" || full
    [ -z "$hidden" ] || install -m 600 "$hidden" "$1/hidden.txt" || full
    [ -z "$salt" ] || (umask 077 && printf '%s' "$salt" >"$1/salt") || full
}
packed() {
    [ -z "$hidden" ] || echo "It judges by the hidden checks of $hidden, too, and shows students no inputs of theirs."
    [ -z "$salt" ] || echo "Each student has cases of their own."
}

case $platform in
gradescope)
    command -v zip >/dev/null || die "zip is not here, and Gradescope takes nothing else: apt-get install zip"
    [ ! -d "$out" ] || die "$out is a directory; name the zip that is to be made."
    pack_kit "$work"
    for file in setup.sh run_autograder; do
        fill "gradescope/$file" >"$work/$file" && chmod 755 "$work/$file" || full
    done
    rm -f "$work/made.zip"
    (cd "$work" && zip -q made.zip setup.sh run_autograder one.sh twofold.tar.gz $([ ! -e hidden.txt ] || echo hidden.txt) \
        $([ ! -e salt ] || echo salt)) || full
    mv "$work/made.zip" "$out" 2>/dev/null || full
    echo "$out is an autograder for the lab $lab: on Gradescope, under Configure Autograder, upload it as a zip file."
    echo "There choose 2 CPUs or more, or nothing can be said of speed, and a time limit of 20 minutes."
    ;;
autolab)
    [ ! -e "$out" ] || [ -d "$out" ] || die "$out is a file; name a directory."
    mkdir "$work/autograde" && pack_kit "$work/autograde"
    mkdir -p "$out" 2>/dev/null && tar -C "$work" --owner=0 --group=0 -cf "$out/autograde.tar" autograde &&
        fill autolab/autograde-Makefile >"$out/autograde-Makefile" || full
    echo "$out has autograde.tar and autograde-Makefile: on Autolab, upload both under Autograder."
    echo "The name of the hand-in is $lab.tar.gz (students make it: make hand-in LAB=$lab), and its one problem is '$lab'."
    echo "The image of its jobs needs these packages: ${packages% }"
    if [ -n "$salt" ]; then
        fill autolab/who.rb >"$out/who.rb" || full
        echo "Autolab tells a job nothing of who handed in: put the lines of who.rb into the assessment's $lab.rb."
    fi
    ;;
github)
    [ ! -e "$out" ] || [ -d "$out" ] || die "$out is a file; name a directory."
    [ ! -d "$out/twofold/.git" ] || out=$out/twofold # a handout
    mkdir -p "$out/.github/workflows" 2>/dev/null &&
        fill github/classroom.yml >"$out/.github/workflows/classroom.yml" || full
    if [ -n "$salt" ]; then # which students read: from this word nobody finds the course's
        word=$(printf '%s\0' github "$salt" | sha256sum | cut -c 1-16)
        sed -i "s|^\\( *salt=\\).*|\\1$word|" "$out/.github/workflows/classroom.yml" || full
    fi
    echo "$out/.github/workflows/classroom.yml judges the lab $lab at every push; commit it, and make the repository"
    echo "the template of an assignment on GitHub Classroom, with no tests of its own."
    ;;
esac
packed
