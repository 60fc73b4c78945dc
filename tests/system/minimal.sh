#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# Proves that the labs, list, run and contrast need a compiler, MPI and libc alone. The tree is
# copied and built by a compiler that finds, in place of every other library's header, one that is
# an error: to the build those libraries are not there. That nothing of them came in by another
# door is seen from what the programs are linked with.

set -u
kit=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-minimal-XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
status=0

result() { # result NAME CONDITION-STATUS FILE-TO-SHOW
    if [ "$2" -eq 0 ]; then
        echo "ok - minimal: $1"
    else
        echo "not ok - minimal: $1"
        tail -n 15 "$3" | sed 's/^/#   /'
        status=1
    fi
}

mkdir "$work/tree" "$work/missing"
tar -C "$kit" --exclude=./build --exclude=./.git -cf - . | tar -C "$work/tree" -xf -
for header in png.h curl/curl.h microhttpd.h hwloc.h jansson.h argp-standalone.h archive.h ini.h sqlite3.h \
    elfutils/libdw.h libdwfl.h elfutils/libdwfl.h CUnit/CUnit.h CUnit/Basic.h zlib.h seccomp.h; do
    mkdir -p "$work/missing/$(dirname "$header")"
    echo "#error there is no $header in this root" >"$work/missing/$header"
done
cd "$work/tree" || exit 2

make=(env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make --no-print-directory --silent -j 2 -k WERROR=1
    "MPICC=mpicc -I$work/missing" "CC=cc -I$work/missing" "CFLAGS=-O1")
"${make[@]}" build >"$work/out" 2>"$work/all"
good=$?
cp "$work/all" "$work/err"
[ "$good" -eq 0 ] || grep -E 'error|\*\*\*' "$work/all" | head -n 12 >"$work/err"
result "make build, warnings are errors" "$good" "$work/err"
[ "$good" -eq 0 ] || exit 1 # the rest would only say so again

for lab in labs/*/; do
    name=$(basename "$lab")
    name=${name#*-}
    if [ -f "$lab/needs" ]; then
        header=$(cut -d' ' -f1 "$lab/needs" | head -n 1)
        grep -q "$(basename "$lab") is left out: it needs <$header>; install" "$work/err"
        result "$name is left out, with what it needs and what to install" $? "$work/err"
        [ ! -e "build/labs/$name" ]
        result "$name is not built" $? "$work/err"
    else
        [ -x "build/labs/$name" ] && [ -x "build/solutions/$name" ]
        result "$name is built" $? "$work/err"
    fi
done

# Libraries that programs ask for by name, but for those that may be there. (ThreadSanitizer comes with
# the compiler, and the self-test of the race lane is made where it came.)
find build/bin build/labs build/solutions build/lib -type f -perm -u+x ! -name race-selftest -exec readelf -d {} + 2>/dev/null |
    sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' | sort -u |
    grep -vE '^(libc|libm|libpthread|librt|libdl|ld-linux.*|libgomp|libmpi|libopen-(rte|pal)|libgcc_s)\.so' \
        >"$work/extra"
[ ! -s "$work/extra" ]
result "programs are linked with libc, MPI and OpenMP alone" $? "$work/extra"

build/bin/twofold list >"$work/out" 2>"$work/err"
result "twofold list runs" $? "$work/err"
build/bin/twofold run heat omp --workers 2 --solution --check n=33 steps=3 >"$work/out" 2>"$work/err"
result "twofold run runs threads" $? "$work/err"
build/bin/twofold run heat mpi --workers 2 --solution --check n=33 steps=3 >"$work/out" 2>"$work/err"
result "twofold run runs ranks" $? "$work/err"
build/solutions/heat --picture "$work/p.png" n=33 steps=3 >"$work/out" 2>"$work/err"
result "a run with --picture goes on without libpng" $? "$work/err"
grep -q 'is not drawn: the kit was built without libpng' "$work/err" && [ ! -e "$work/p.png" ]
result "it says that it draws none" $? "$work/err"
build/bin/twofold contrast --solutions --budget 5 heat n=64 steps=10 >"$work/out" 2>"$work/err"
result "twofold contrast runs" $? "$work/err"
grep -q mpi "$work/out"
result "its table has the ranks in it" $? "$work/out"
exit "$status"
