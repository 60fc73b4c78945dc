#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# The pages for student, class and report, as readers have them: axe-core (axe-core/, of npm, as it
# is there) finds nothing to complain of in headless Chromium, in the light and in the dark; on a
# phone the page is not pushed to and fro; nothing needs a script or the network.

set -u
kit=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-pages-XXXXXX") || exit 2
trap '[ -n "${KEEP-}" ] || rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
export JUDGED=$work/judged
cd "$work" || exit 2
status=0
if [ ! -x "$kit/build/rubrics/heat" ] || [ ! -x "$kit/build/solutions/heat" ]; then
    echo "ok - pages: they are made # SKIP heat, which they are about, is not built here"
    exit 0
fi

ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >ok.out 2>&1; then
        echo "ok - pages: $name"
    else
        echo "not ok - pages: $name"
        tail -n 40 ok.out | sed 's/^/#   /'
        status=1
    fi
}

# -- pages: of a class, of a student with every verdict, of a contrast, of a sweep

mkdir -p quick/build/bin quick/build/rubrics quick/build/solutions
cp "$kit"/build/bin/twofold "$kit"/build/bin/twofold-grade quick/build/bin
cp "$kit/build/rubrics/heat" quick/build/rubrics
cp "$kit/build/solutions/heat" quick/build/solutions
cp -r "$kit/labs" "$kit/solutions" quick
cp "$kit/tests/system/grade/judge.sh" quick/build/bin/twofold-check
hand_in() { # hand_in STUDENT WORDS...: a file that gets that
    mkdir -p "class/$1" && printf '// %s\n%s\n' "${*:2}" "$(seq -f 'static int number_%g;' 30)" >"class/$1/omp.c"
}
hand_in ada/1 40
hand_in ada/2 100
hand_in "bob_with_a_long_name_that_no_line_of_a_phone_has_room_for" 62
hand_in each EACH
hand_in ours INFRA
cp "$kit/solutions/09-heat/mpi.c" class/each # and it may be handed in as it is
mkdir class/nothing
echo 'show solution 2001-12-18 12:00 UTC' >policy # the date has come: the solution is on each page of a student
make_pages() {
    quick/build/bin/twofold grade --lab heat --no-sandbox --seed 7 --policy policy class --out marks
    "$kit/build/bin/twofold" contrast --solutions heat --repeat 1 n=40 steps=2 --html report.html
    "$kit/build/bin/twofold" sweep heat omp mpi n=32..64 steps=2 --rounds 1 --html sweep.html
    "$kit/build/bin/twofold" trace --solution --lab heat --version mpi --workers 2 --html trace.html -o t.json n=40 steps=2
    mv marks/class.html marks/pages/*.html . && ls class.html each.html ada.html report.html sweep.html trace.html
}
ok "they are made" make_pages
pages='class.html,each.html,ada.html,report.html,sweep.html,trace.html'
solution_shown() {
    grep -q '<h2>The solution</h2>' each.html && grep -q '^-static int number_1;' each.html &&
        grep -q '<p class="soft">Your mpi.c is the solution, letter for letter.</p>' each.html &&
        ! grep -q 'Your omp.c' each.html
}
ok "the solution is shown, and of which file a student wrote the same" solution_shown
scripts() { ! grep -liE '<script|javascript:|<[^>]* on[a-z]+=' -- *.html; }
ok "none of them has a script" scripts
elsewhere() { ! grep -oiE '(src|href|url)[=(]"?(https?:)?//[^" >]*' -- *.html | grep -v 'w3.org/2000/svg'; }
ok "none of them asks for another file of the network" elsewhere

# -- looked at

browser=''
for name in chromium chromium-browser google-chrome chromium-headless-shell; do
    [ -n "$browser" ] || ! command -v "$name" >/dev/null || browser=$name
done
if [ -z "$browser" ]; then
    echo "ok - pages: looked at # SKIP chromium is not installed"
    exit "$status"
fi
cp "$kit/tests/axe-core/axe.min.js" "$kit/tests/system/pages/look.html" .
chrome() { # chrome WORDS...: with a home of its own, and no sandbox within ours
    HOME=$work timeout -k 5 120 "$browser" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
        --disable-extensions --allow-file-access-from-files --user-data-dir="$work/profile" "$@" 2>chrome.err
}
# On paper what is folded away is open: there is nothing to click. The page that has it open is as large.
print() { chrome --no-pdf-header-footer "--print-to-pdf=$work/$1.pdf" "file://$work/$1.html" >/dev/null && wc -c <"$1.pdf"; }
open_on_paper() {
    local printed unfolded
    sed 's/<details>/<details open>/' report.html >unfolded.html && ! cmp -s report.html unfolded.html || return
    printed=$(print report) && unfolded=$(print unfolded) || return
    rm unfolded.html
    echo "printed $printed bytes, unfolded $unfolded"
    [ "$printed" -gt 20000 ] && [ "$((printed - unfolded))" -gt -300 ] && [ "$((printed - unfolded))" -lt 300 ]
}
look() { # look HOW WORDS...
    chrome --window-size=1400,1000 --virtual-time-budget=60000 "${@:2}" --dump-dom "file://$work/look.html#$pages" |
        sed -n '/<body>/,$ p' | sed -n 's|.*<body>||; s|</p>|\n|g; s|<[^>]*>||g; /./p' | sed 's/&gt;/>/g; s/&lt;/</g; s/&amp;/\&/g' >found
    grep -qx "looked at 12 frames, $1" found || { cat found chrome.err && return 1; }
    ! grep -vE '^(looked at.*)?$' found
}
ok "on paper what is folded away is open" open_on_paper
ok "in the light nothing is wrong" look light
ok "in the dark nothing is wrong" look dark --force-dark-mode --blink-settings=preferredColorScheme=0
exit "$status"
