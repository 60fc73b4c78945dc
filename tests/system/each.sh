#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# each.sh STAGE MAKE-COMMAND ...: runs a make that looks at every C file by itself, and prints a
# test a file that failed, or one for all of them.

stage=$1
shift
if text=$("$@" 2>&1); then
    echo "ok - $stage: every file"
    exit
fi
mapfile -t files < <(grep -oE '^make.*\[[^]]*: (build/[^]]*)\] Error' <<<"$text" |
    sed -E 's/.*: (build\/[^]]*)\] Error/\1/')
for file in "${files[@]}"; do
    echo "not ok - $stage: ${file#build/*/}"
done
[ "${#files[@]}" -gt 0 ] || echo "not ok - $stage: make"
grep -E '(error|warning):' <<<"$text" | head -n 40 | sed 's/^/#   /'
echo "# all that was said: make $stage-check"
exit 1
