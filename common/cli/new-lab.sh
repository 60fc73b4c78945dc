#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# new-lab.sh: `twofold new-lab`: a new lab that builds, fails as a starter and passes as a solution.
#
# The templates lie in common/cli/new-lab: a whole lab, called sample, with a sum as its kernel. They
# are copied to where the files of a lab belong, under the new name. Nothing that exists is touched:
# everything is looked at before the first file is written. A lab of a course stands in that course's
# directory, in rooms that are called as those of the kit.

set -u
export LC_ALL=C
self=$(readlink -f "$0")
root=${self%/build/bin/*}
templates=$root/common/cli/new-lab

usage='Usage: twofold new-lab NAME [--title "TEXT"] [--number N] [--course DIR]

Make a new lab: handout, contract, starters, solutions, rubric, one wrong answer. It works at once;
change it, file by file, into the lab that you want.

  --title TEXT  what the lab is about, for lists and pages ("A sum that all workers add to")
  --number N    where it stands among the labs, 1 to 99 (after the last one; in a course from 51 on)
  --course DIR  make it in that course, which `twofold course make DIR` has made, not in the kit

Example: twofold new-lab dotproduct --title "The dot product of two vectors"'

die() {
    printf 'twofold new-lab: %s\n' "$*" >&2
    exit 2
}

name='' title='A sum that all workers add to' number='' course=${TWOFOLD_COURSE:-}
while [ $# -gt 0 ]; do
    case $1 in
    --title=* | --number=* | --course=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
    esac
    case $1 in
    --title)
        [ $# -gt 1 ] || die "--title wants a text, as in --title \"The dot product of two vectors\"."
        title=$2 && shift
        ;;
    --number)
        [ $# -gt 1 ] || die "--number wants a number from 1 to 99."
        number=$2 && shift
        [[ $number =~ ^[1-9][0-9]?$ ]] || die "--number $number is not a number from 1 to 99."
        ;;
    --course)
        [ $# -gt 1 ] || die "--course wants a directory that make course OUT=dir has made."
        course=$2 && shift
        ;;
    --help | -h) printf '%s\n' "$usage" && exit 0 ;;
    -*) die "'$1' is not understood; try --help." ;;
    *)
        [ -z "$name" ] || die "'$1' is one word too many: one lab is made at a time, and a title with spaces wants quotes."
        name=$1
        ;;
    esac
    shift
done

# -- is it a good name? -------------------------------------------------------------------------------

[ -n "$name" ] || die "what shall the lab be called? Give it a name, as in: make new-lab NAME=sum"
[[ $name =~ ^[a-z][a-z0-9_]*$ && ${#name} -le 24 ]] ||
    die "'$name' cannot be the name of a lab: functions in C are named after it, so take at most 24 small letters, digits and _, a letter first."
[ -d "$root/tests/labs" ] && [ -d "$root/solutions" ] ||
    die "this tree is a handout, without solutions and rubrics; make a new lab in the whole kit."
home=$root
if [ -n "$course" ]; then
    home=$(realpath -e "$course" 2>/dev/null) && [ -f "$home/course.conf" ] ||
        die "there is no course in $course: make course OUT=$course makes one."
    case $home in *[[:blank:]]*) die "the path $home has a blank in it, and make knows no such names: move the course." ;; esac
fi
case $title in
'' | *[\"\\]* | *[[:cntrl:]]*) die "a title is one line of text without \" and \\; give another one." ;;
esac
for place in "$root" "$home"; do
    for there in "$place"/labs/*-"$name" "$place"/solutions/*-"$name" "$place/tests/labs/$name".* "$place/tests/mutants/$name"; do
        [ ! -e "$there" ] || die "the name '$name' is taken: there is ${there#"$root"/} already. Choose another name."
    done
done
# What is graded of a lab lies in COURSE/NAME: it must be none of the course's own rooms.
[ "$home" = "$root" ] || [ ! -e "$home/$name" ] ||
    die "the name '$name' is taken: there is $home/$name already, and what is graded would lie there. Choose another name."
# The lab's header must not stand before one that C, MPI or the kit has, nor its name be a word of C.
cc=${MPICC:-mpicc}
command -v "$cc" >/dev/null || die "the compiler $cc is not installed; make setup installs it."
compiles() { printf "$1\n" "$name" | "$cc" -std=c11 -D_GNU_SOURCE -fopenmp -I"$root/common/kit" -I"$root/common/judge" -fsyntax-only -x c - >/dev/null 2>&1; }
compiles 'struct %s { int x; };' || die "'$name' is a word of the language C. Choose another name."
! compiles '#if !__has_include(<%s.h>)\n#error\n#endif' ||
    die "there is a header $name.h already, of the system or of the kit. Choose another name."

# -- where does it stand? -----------------------------------------------------------------------------

last=0
[ "$home" = "$root" ] || last=50 # the kit's own labs may grow up to there
for lab in "$root"/labs/[0-9][0-9]-*/ "$home"/labs/[0-9][0-9]-*/; do
    [ -d "$lab" ] || continue
    lab=${lab%/} && taken=${lab##*/} && taken=${taken%%-*}
    [ "$((10#$taken))" -ne "${number:-0}" ] ||
        die "number $number is taken by labs/${lab##*/}. Choose another, or leave it out."
    [ "$((10#$taken))" -le "$last" ] || last=$((10#$taken))
done
number=$(printf '%02d' "${number:-$((last + 1))}")
[ "${#number}" -eq 2 ] || die "all numbers up to 99 are behind the last lab; say a free one with NUMBER=."
directory=$number-$name

# -- make it ------------------------------------------------------------------------------------------

made=()
undo() {
    [ ${#made[@]} -eq 0 ] || rm -rf "${made[@]}"
    die "the files could not be written, and nothing was made. Is the disk full, or the kit not yours to write to?"
}
replace=$(printf '%s' "$title" | sed 's/[&|]/\\&/g')
[ "$home" = "$root" ] && in='' || in=" COURSE=$home"
copy() { # copy TEMPLATE FILE: under the new name
    sed -e "s|SAMPLE_HEAD|$number $name|g; s|SAMPLE_DIRECTORY|$directory|g" \
        -e "s|SAMPLE_H\b|${name^^}_H|g; s|sample|$name|g; s|SAMPLE_TITLE|$replace|g" \
        "$templates/$1" >"$home/$2"
}
room() { made+=("$home/$1") && mkdir "$home/$1"; }

{ mkdir -p "$home"/labs "$home"/solutions "$home"/tests/{labs,mutants} && room "labs/$directory" && mkdir "$home/labs/$directory/.starter" && room "solutions/$directory" && room "tests/mutants/$name"; } 2>/dev/null || undo
made+=("$home/tests/labs/$name.c" "$home/tests/labs/$name.bad")
files() {
    for file in README.md lab.c serial.c omp.c mpi.c answers.txt hints.txt predictions.txt why.txt; do
        copy "lab/$file" "labs/$directory/$file" || return
    done
    for file in omp.c mpi.c; do # what make reset puts back
        cp "$home/labs/$directory/$file" "$home/labs/$directory/.starter" || return
    done
    copy lab/sample.h "labs/$directory/$name.h" &&
        copy solution/omp.c "solutions/$directory/omp.c" && copy solution/mpi.c "solutions/$directory/mpi.c" &&
        copy tests/rubric.c "tests/labs/$name.c" && copy tests/bad.txt "tests/labs/$name.bad" &&
        copy tests/rest_of_items.c "tests/mutants/$name/rest_of_items.c"
}
files 2>/dev/null || undo

[ -z "$in" ] || echo "In $home there are now"
printf '%-28s %s\n' "labs/$directory" "what students get: README.md, $name.h, lab.c, serial.c, starters omp.c and mpi.c," \
    "" "questions, and what is said to them: answers.txt, predictions.txt, hints.txt, why.txt" \
    "solutions/$directory" "omp.c and mpi.c, filled in" \
    "tests/labs/$name.c" "the rubric; $name.bad: bad requests and their answers" \
    "tests/mutants/$name" "one wrong answer, with the verdict that it must get"
cat <<END

It works at once:
  make check LAB=$name$in
      the starters: nothing is done yet
  make contrast LAB=$name$in
      the solutions, beside serial
  LAB=$name$in tests/run.sh build labs mutants input
      the rubric, the solutions, the wrong answer and the bad requests, tested
END
[ -z "$in" ] || cat <<END
  make handout OUT=dir$in
      students get it, once course.conf has a section [lab $name]
END
