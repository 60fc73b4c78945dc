#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# class.sh LAB N DIR [KINDS]: a class of N students, DIR/class/NNN, for whoever measures grading. In turn they
# hand in the solution of the lab and each of its wrong answers (tests/mutants/LAB), or the first KINDS of
# these; no two hand in the same bytes, so that each is judged. DIR/kinds says who is of which kind:
# lines "NNN KIND".

set -u
lab=$1 count=$2 dir=$3 most=${4:-1000}
solution=$(echo solutions/*-"$lab")
if [ ! -d "$solution" ] || [ ! -d "tests/mutants/$lab" ]; then
    echo "class: there is no lab '$lab' with a solution and wrong answers." >&2
    exit 2
fi
kinds=(solution)
for file in tests/mutants/"$lab"/*.c; do kinds+=("$file"); done
[ "$most" -ge ${#kinds[@]} ] || kinds=("${kinds[@]:0:$most}")
mkdir -p "$dir/class" && : >"$dir/kinds" || exit 2
for ((i = 0; i < count; i++)); do
    name=$(printf %03d $((i + 1))) kind=${kinds[i % ${#kinds[@]}]}
    mkdir "$dir/class/$name" && cp "$solution"/*.c "$dir/class/$name" || exit 2
    if [ "$kind" != solution ]; then
        file=$(sed -n '1s/.* file=\([^ ]*\).*/\1/p' "$kind")
        cp "$kind" "$dir/class/$name/$file" || exit 2
    fi
    for file in "$dir/class/$name"/*.c; do echo "// student $name" >>"$file"; done
    echo "$name $(basename "$kind" .c)" >>"$dir/kinds"
done
