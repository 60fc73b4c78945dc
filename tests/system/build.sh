#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds everything, with warnings as errors: build.sh MAKE-COMMAND ...
# A line a part, so that what does not compile is seen apart from what does.

for part in build test-programs; do
    if text=$("$@" -k "$part" WERROR=1 2>&1); then
        echo "ok - build: make $part, warnings are errors"
    else
        echo "not ok - build: make $part, warnings are errors"
        grep -E '(error|warning):|undefined|\*\*\*' <<<"$text" | head -n 40 | sed 's/^/#   /'
    fi
    # What the person should know, such as a lab that is left out.
    grep 'is left out' <<<"$text" | sed 's/^/# /'
done

# Whoever never built a lab may check it: what the judge links with comes by itself.
for target in check watch; do
    if "$@" -n -B "$target" LAB=hello 2>/dev/null | grep -q 'build/obj/labs/hello/lab\.o'; then
        echo "ok - build: make $target builds the lab's own objects"
    else
        echo "not ok - build: make $target builds the lab's own objects"
    fi
done
