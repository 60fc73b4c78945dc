# shellcheck shell=bash
# SPDX-License-Identifier: MIT
#
# labs.sh: the labs of the kit and, where TWOFOLD_COURSE names a course, that course's own; what
# common/judge/labs.h is in C. Commands that are scripts read it with `source`, in the kit's directory:
# they have set `root`, which is that directory, `here`, where they were called, and `die`.
#
#     course         the course's directory, "" where none is named
#     all            the directories of all labs, as "09-heat 51-sum"
#     home_of PLACE  what stands before the rooms of labs/PLACE: "" in the kit, or COURSE/
#     find_lab WORD  which lab is meant by heat, 09-heat or 9: sets place (09-heat), lab (heat), home

course=${TWOFOLD_COURSE:-}
[ -z "$course" ] || course=$(cd "$here" && realpath -e "$course" 2>/dev/null) ||
    die "there is no course in $TWOFOLD_COURSE: make course OUT=dir makes one, and COURSE=dir names it."
all=$(for place in labs/*/lab.c ${course:+"$course"/labs/*/lab.c}; do
    [ ! -f "$place" ] || basename "${place%/lab.c}"
done)
for place in ${course:+"$course"/labs/*/lab.c}; do
    place=${place%/lab.c}
    ! compgen -G "labs/*-${place##*-}/lab.c" >/dev/null ||
        die "the kit has a lab of the same name as $place: give the course's lab another name."
done

home_of() { [ -d "$root/labs/$1" ] || echo "$course/"; }
is_lab() { # PLACE WORD: does the word mean the lab labs/PLACE?
    case $2 in "$1" | "${1#*-}" | "${1%%-*}" | "$((10#${1%%-*}))") ;; *) return 1 ;; esac
}
find_lab() {
    for place in $all; do
        ! is_lab "$place" "$1" || break
        place=''
    done
    [ -n "$place" ] || die "there is no lab '$1'; the labs are$(for place in $all; do printf ' %s' "${place#*-}"; done)."
    lab=${place#*-} home=$(home_of "$place")
}
