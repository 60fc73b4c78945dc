#!/bin/sh
# SPDX-License-Identifier: MIT
#
# setup.sh: finds what this machine lacks for `make demo` or `make test` and installs it: with
# apt-get as root, or with sudo after asking once. Anywhere else, and where that fails, it prints
# what to install, and ends with status 2 if nothing works without it; what only one thing or the
# other needs is done without (packages.txt says which is which). Nothing missing: silent.
#
# Needs nothing but a POSIX shell: a bare root file system has no sudo, ps, curl, or compiler.

PATH=$PATH:/usr/sbin:/sbin # daemons are there, and not every user's PATH has it

usage='Usage: common/cli/setup.sh [--dry-run] demo|test

Installs what is missing for make demo, or for make test. --dry-run prints what it would do.'

say() { printf 'setup: %s\n' "$*" >&2; }
refuse() { say "$*"; exit 2; }

dry='' goal=''
for arg do
    case $arg in
    --dry-run) dry=yes ;;
    --help | -h) printf '%s\n' "$usage"; exit 0 ;;
    demo | test)
        [ -z "$goal" ] || refuse "one of demo and test is wanted, not two; try --help."
        goal=$arg ;;
    *) refuse "'$arg' is not understood; it is demo or test, with --dry-run if you like." ;;
    esac
done
[ -n "$goal" ] || refuse "for what? Say demo or test; --help tells more."

table=${0%/*}/packages.txt
[ "$table" != "$0/packages.txt" ] || table=packages.txt
[ -r "$table" ] || refuse "$table cannot be read; the kit is not complete."

# -- what is there ----------------------------------------------------------------------------------

# A header: where compilers look without being told, or where this one says.
has_header() {
    for dir in /usr/include /usr/local/include /usr/include/*-linux-gnu*; do
        [ ! -e "$dir/$1" ] || return 0
    done
    command -v cc >/dev/null 2>&1 && printf '#include <%s>\n' "$1" | cc -E -x c - >/dev/null 2>&1
}

has() {
    case $1 in
    clang:*.h) # one that is clang's own
        command -v clang >/dev/null 2>&1 &&
            printf '#include <%s>\n' "${1#clang:}" | clang -fopenmp -E -x c - >/dev/null 2>&1 ;;
    *.h) has_header "$1" ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

add() { # word to the list in $list, once
    [ "$1" != - ] || return 0 # no package brings it
    case " $list " in
    *" $1 "*) ;;
    *) list="$list${list:+ }$1" ;;
    esac
}

# Sets probes (what was not found), musts (those of them without which nothing works) and a list of
# packages for each family.
look() {
    probes='' musts='' debian='' fedora='' arch='' suse=''
    while read -r for need probe d f a s _; do
        case $for in
        demo) ;;
        test) [ "$goal" = test ] || continue ;;
        *) continue ;;
        esac
        has "$probe" && continue
        list=$probes; add "$probe"; probes=$list
        [ "$need" != must ] || { list=$musts; add "$probe"; musts=$list; }
        list=$debian; add "$d"; debian=$list
        list=$fedora; add "$f"; fedora=$list
        list=$arch; add "$a"; arch=$list
        list=$suse; add "$s"; suse=$list
    done <"$table"
}

look
[ -n "$probes" ] || exit 0

# -- other systems: what to type --------------------------------------------------------------------

by_hand() { # the line that installs it all
    say "missing: $probes."
    say "$1"
    printf '    %s\n' "$2" >&2
    [ -z "$3" ] || say "$3"
    [ -z "$dry" ] || exit 0
    go_on_without
    exit 2
}

# Ends well where all that is missing can be done without.
go_on_without() {
    [ -z "$musts" ] || return 0
    say "going on without; what needs it is left out and says so."
    exit 0
}

if ! command -v apt-get >/dev/null 2>&1; then
    text="install it as an administrator, then try again:"
    module="then put MPI into your PATH, as in: module load mpi/openmpi-x86_64"
    if command -v dnf >/dev/null 2>&1; then by_hand "$text" "dnf install $fedora" "$module"; fi
    if command -v yum >/dev/null 2>&1; then by_hand "$text" "yum install $fedora" "$module"; fi
    if command -v pacman >/dev/null 2>&1; then
        [ -n "$arch" ] || exit 0 # what is missing, no package brings
        by_hand "$text" "pacman -S --needed $arch"
    fi
    if command -v zypper >/dev/null 2>&1; then by_hand "$text" "zypper install $suse"; fi
    by_hand "install what brings these; Debian's packages for them are called:" "$debian" \
        "on a cluster a module may bring them: module avail"
fi

# -- Debian, Ubuntu and their kin -------------------------------------------------------------------

install="apt-get install -y --no-install-recommends $debian"
ask=''
if [ "$(id -u)" -eq 0 ]; then
    as_root='env'
elif ! command -v sudo >/dev/null 2>&1; then
    by_hand "there is no sudo here; ask an administrator to run:" "$install"
else
    as_root='sudo env'
    ask=yes
fi
if [ -n "$dry" ]; then
    [ -z "$ask" ] || install="sudo $install"
    printf 'missing: %s\n%sapt-get update\n%s\n' "$probes" "${ask:+sudo }" "$install"
    exit 0
fi
if [ -n "$ask" ]; then
    if [ ! -t 0 ] || [ ! -t 2 ]; then
        by_hand "there is no terminal to ask for a password; run this once:" "sudo $install"
    fi
    say "missing: $probes. This would be installed with sudo:"
    printf '    %s\nGo on? [Y/n] ' "$debian" >&2
    read -r answer || answer=n
    case $answer in
    '' | [Yy]*) ;;
    *) by_hand "nothing was installed; this does it:" "sudo $install" ;;
    esac
fi

apt() {
    # shellcheck disable=SC2086 # as_root is two words
    $as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 -o APT::Install-Recommends=false "$@" </dev/null
}

say "installing $debian (a minute or two)"
log=$(mktemp) || refuse "no temporary file can be made in ${TMPDIR:-/tmp}; is the disk full?"
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
apt update >"$log" 2>&1 || {
    cat "$log" >&2
    say "apt-get update failed, see above; trying with the lists that are there."
}
# shellcheck disable=SC2086 # a list of packages
apt install -y $debian >"$log" 2>&1 || {
    cat "$log" >&2
    say "apt-get could not install $debian; what it said stands above. Is there a network?"
    look
    go_on_without
    refuse "nothing can be built without these: $musts."
}

look
[ -n "$probes" ] || exit 0
say "still missing after the installation: $probes. Is PATH complete?"
go_on_without
exit 2
