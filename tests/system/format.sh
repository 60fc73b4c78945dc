#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-format on every C file of the tree. Versions differ in small things; the kit is formatted
# with version 14 and kept so that later ones agree.

if ! command -v clang-format >/dev/null; then
    echo "ok - format # SKIP clang-format is not installed"
    exit
fi
version=$(clang-format --version | grep -oE '[0-9]+' | head -n 1)
mapfile -d '' files < <(find common labs solutions tests -path tests/mutants -prune -o -path tests/hostile -prune -o -name '*.[ch]' -print0 | sort -z)
if clang-format --dry-run -Werror "${files[@]}" >/dev/null 2>&1; then
    echo "ok - format: ${#files[@]} files"
    exit
fi
# Which, and where first: one line of the many that it says is enough.
clang-format --dry-run -Werror "${files[@]}" 2>&1 | grep ': error: ' | sort -t: -k1,1 -u |
    sed 's/^\([^:]*\):.*/not ok - format: \1\n#   &/'
echo "# \"make format\" rewrites them. Here is clang-format $version; the kit is formatted with 14."
exit 1
