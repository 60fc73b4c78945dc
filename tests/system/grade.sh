#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# twofold grade with a judge that is quick (grade/judge.sh): what becomes of verdicts, files and kills.

set -u
kit=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/twofold-grade-XXXXXX") || exit 2
chmod 755 "$work"
status=0 pid=
trap 'kill $pid 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
cd "$work" || exit 2

ok() { # ok NAME COMMAND...: it must end with status 0
    local name=$1
    shift
    if "$@" >ok.out 2>&1; then
        echo "ok - grade: $name"
    else
        echo "not ok - grade: $name"
        tail -n 20 ok.out log 2>/dev/null | sed 's/^/#   /'
        status=1
    fi
}

# A kit of its own, with the quick judge in it.
mkdir -p quick/build/bin quick/build/rubrics quick/build/solutions
cp "$kit"/build/bin/twofold "$kit"/build/bin/twofold-grade quick/build/bin
cp "$kit/build/rubrics/heat" quick/build/rubrics
cp "$kit/build/solutions/heat" quick/build/solutions
cp -r "$kit/labs" "$kit/solutions" quick
cp "$kit/tests/system/grade/judge.sh" quick/build/bin/twofold-check
export JUDGED=$work/judged
quick() { quick/build/bin/twofold grade --lab heat --no-sandbox --seed 7 "$@" >log 2>&1; }
score() { # score OUT STUDENT: points and state
    awk -F, -v who="$2" '$1 == who { print $4, $6 }' "$1/grades.csv"
}
is() { [ "$1" = "$2" ] || { echo "it is '$1' and not '$2'" && false; }; }
hand_in() { # hand_in DIRECTORY WORDS...: an omp.c that gets that
    mkdir -p "$1" && echo "// ${*:2}" >"$1/omp.c"
}

# -- what becomes of verdicts
for i in $(seq 12); do hand_in "class/s$i" $((50 + i)); done
hand_in class/again/1 80
hand_in class/again/2 30
hand_in class/copy 55
mkdir class/nothing
echo rubbish >class/broken.zip
hand_in class/ours INFRA
hand_in class/once SOMETIMES "$work/once"
hand_in class/refused REFUSED
(cd class && mkdir in && echo "// 91" >in/omp.c && tar czf packed.tar.gz in && rm -r in)
mkdir -p class/tricks && ln -s ../s1/omp.c class/tricks/omp.c
quick class --out out
ok "a class whose scores are not all known ends with status 1" is $? 1
ok "points are those of the verdicts" is "$(score out s7)" "57 graded"
ok "the best attempt counts" is "$(score out again)" "80 graded"
# skip NAME ...: a test of archives, where this kit was built without libarchive
if ldd "$kit/build/bin/twofold-grade" | grep -q libarchive; then archives=ok; else archives=skip; fi
skip() { echo "ok - grade: $1 # SKIP grade was built without libarchive"; }
$archives "an archive is looked into" is "$(score out packed)" "91 graded"
ok "no file at all is 0 points" is "$(score out nothing)" "0 nothing"
$archives "a broken archive is 0 points, and is told" is "$(score out broken)$(grep -c 'broken: The archive cannot be read' log)" "0 nothing1"
ok "a symbolic link is not followed, and is told" is "$(score out tricks)$(grep -c 'tricks: omp.c is a symbolic link' log)" "0 nothing1"
ok "what is INFRA three times has no score" is "$(score out ours)$(grep -c ours judged)" " unknown3"
ok "what is INFRA once is judged again" is "$(score out once | cut -d' ' -f2)$(grep -c once judged)" "graded2"
ok "where the judge refuses there is no score" is "$(score out refused)$(grep -c refused judged)" " unknown3"
ok "the same files are judged once" is "$(grep -cE '^(copy|s5)$' judged)" 1
ok "a judge's word that looks like a formula is none" is "$(grep -c '^=' out/grades.csv)" 0
ok "a page a student, and one of the class" is "$(ls out/pages | wc -l) $(grep -c 'without a sandbox' out/class.html)" "$(($(wc -l <out/grades.csv) - 1)) 1"
ok "the class page says how hard each check is, and what judging took" grep -qzP 'mean points(.|\n)*Judging what counts took [0-9]+ s' out/class.html
ok "what was said is text in a page" grep -q '=row &lt;1&gt; &amp; &quot;that&quot;' out/pages/s7.html
cp out/grades.csv first.csv
: >judged
quick class --out out
ok "a second call judges nothing and gives the same" is "$(wc -l <judged)$(cmp first.csv out/grades.csv && echo same)" "0same"
hand_in class/s7 99
quick class --out out
ok "a change is told, old and new" grep -q 's7: 57 -> 99 (a better attempt counts)' log
echo 'due 2026-01-10 12:00 UTC
late 1d 50' >policy
hand_in class/s8/2026-01-10T10:00 40
hand_in class/s8/2026-01-11T10:00 90
rm class/s8/omp.c
quick class --out out --policy policy
ok "the late attempt counts half, and is the better one still" is "$(score out s8)" "45 graded"

if ldd "$kit/build/bin/twofold-grade" | grep -q libsqlite3; then
    ok "the gradebook lies beside the class page" [ -s out/gradebook.sqlite ]
else
    ok "without SQLite it is said that there is no gradebook" grep -q 'install libsqlite3-dev' log
fi

# -- an earlier class: the same text with other names
hand_in now/ada 70
cat "$kit/solutions/09-heat/omp.c" >>now/ada/omp.c
hand_in now/eve 80
mkdir -p years/2025/bob/1
sed 's/\brow\b/zeile/g; s/\bcolumn\b/spalte/g' "$kit/solutions/09-heat/omp.c" >years/2025/bob/1/omp.c
quick now --out now-out
ok "no pair, no table of pairs" is "$(grep -c 'Pairs to look at' now-out/class.html)" 0
quick now --out now-out --earlier years/2025
ok "who has the text of an earlier class is a pair to look at" grep -q '>ada</a></td><td class="l">bob, of the earlier class 2025<' now-out/class.html
ok "and nobody else, and no work of the earlier class is kept" is "$(grep -c 'of the earlier class' now-out/class.html)$(find now-out | grep -c bob)" 10

# -- our own fault, and scores that were there before
hand_in later/ada LATER "$work/ill" 60
hand_in later/bob INFRA
quick later --out later-out
: >"$work/ill"
: >judged
quick later --out later-out --again
ok "what is INFRA later is tried three times, and leaves the older score" is "$(score later-out ada) $(grep -c ada judged)" "60 graded 3"
ok "and nothing is said to have changed" is "$(grep -c 'Changed since' log)" 0
sed -i 's/^INFRA) verdict=INFRA ;;/INFRA) verdict=WRONG points=40 ;;/' quick/build/bin/twofold-check
quick later --out later-out --again
ok "a score that INFRA kept back is told when it comes, with the reason" grep -qF 'bob: ? -> 40 (what failed through no fault of the student' log
cp "$kit/tests/system/grade/judge.sh" quick/build/bin/twofold-check

# -- killed at any instant: 40 submissions, KILLS kills. A class that is judged whole is compared, and the
# next kill hits a new one.
for i in $(seq 40); do hand_in "big/s$i" $((i + 10)); done
quick big --out whole
: >judged
kills=${KILLS:-10} classes=0 ended=0 same=0 once=0
compare_killed() {
    quick big --out killed && ended=$((ended + 1))
    cmp whole/grades.csv killed/grades.csv && same=$((same + 1))
    [ "$(grep -c '"kind":"graded"' killed/journal.jsonl)" -eq 40 ] && once=$((once + 1))
    classes=$((classes + 1))
}
for i in $(seq "$kills"); do
    quick/build/bin/twofold grade --lab heat --no-sandbox --seed 7 big --out killed >/dev/null 2>&1 &
    pid=$!
    sleep "0.$(printf %03d $((RANDOM % 350 + 20)))"
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    if [ "$i" -lt "$kills" ] && [ -e killed/journal.jsonl ] &&
        [ "$(grep -c '"kind":"graded"' killed/journal.jsonl)" -ge 40 ]; then
        compare_killed
        rm -rf killed
    fi
done
pid=
compare_killed
echo "# $kills kills hit $classes classes of 40"
ok "killed $kills times, each class ends with all judged" is $ended $classes
ok "nothing is lost or different" is $same $classes
ok "nothing is doubled" is $once $classes
quick/build/bin/twofold grade --lab heat --no-sandbox --seed 7 big --out stopped >log 2>&1 &
pid=$!
until grep -q '"graded"' stopped/journal.jsonl 2>/dev/null; do sleep 0.02; done
kill -TERM $pid
wait $pid
ok "a signal ends it as it ends any program" is "$? $(grep -c 'are kept: the same command goes on' log)" "143 1"
pid=
quick big --out stopped
ok "stopped, it goes on" cmp whole/grades.csv stopped/grades.csv
head -c -30 killed/journal.jsonl >torn && cp torn killed/journal.jsonl
quick big --out killed
ok "a torn last line costs nothing else" cmp whole/grades.csv killed/grades.csv

# -- two lanes: what is right side by side, then speed, with nothing beside it
for i in $(seq 6); do hand_in "pace/s$i" $((i + 10)); done
order() { [ ! -e judged.order ] || uniq -c judged.order | awk '{ printf "%s%s ", $1, $2 }'; }
turns="$(printf '1begin 1end %.0s' 1 2 3 4 5 6)"
rm -f judged.order
quick pace --out pace-out --jobs 4
ok "speed is timed when all that is right is judged, one at a time" is "$(order)" "6right $turns"
ok "both lanes are one run in the journal" is "$(grep -c '"check":"mpi-speed"' pace-out/journal.jsonl) $(grep -c '"kind":"graded"' pace-out/journal.jsonl) $(score pace-out s6)" "6 6 16 graded"
ok "the page says which of them had cores to themselves" grep -q 'Of 12 timings 6 had cores to themselves' pace-out/class.html
ok "and the student's" grep -q 'Of 2 timings 1 had cores to themselves' pace-out/pages/s3.html
if [ "$(cat /sys/devices/system/cpu/cpu*/topology/thread_siblings_list 2>/dev/null | sort -u | wc -l)" -gt 1 ] && [ "$(nproc)" -gt 1 ]; then
    read -r its graders <judged.cpus
    ok "meanwhile the grader keeps to one core, and its judge may use all" \
        [ "$its" = "$(sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status)" -a "$graders" != "$its" ]
fi
ok "nothing waits any more" [ ! -e pace-out/work ]
rm -f judged.order
quick pace --out one-out --jobs 1
ok "with one worker a run is both lanes" is "$(order)$(score one-out s6)" "16 graded"
quick/build/bin/twofold grade --lab heat --no-sandbox --seed 7 pace --out cut --jobs 4 >log 2>&1 &
pid=$!
until grep -q end judged.order 2>/dev/null; do sleep 0.01; done
kill -KILL $pid
wait $pid 2>/dev/null
pid=
sleep 0.2 # a judge that outlives it for a moment
quick pace --out cut --jobs 4
ok "killed while it times, it judges nothing twice of what is right" is "$(grep -c right judged.order)$(cmp pace-out/grades.csv cut/grades.csv && echo same)" 6same
ok "and times the rest" is "$(grep -c '"kind":"graded"' cut/journal.jsonl) $(grep -c '"check":"mpi-speed"' cut/journal.jsonl)" "6 6"
rm -f judged.order
quick pace --out cut --jobs 4 --again
ok "all once more is both lanes once more" is "$(order)" "6right $turns"
if command -v script >/dev/null; then
    script -qec "quick/build/bin/twofold grade --lab heat --no-sandbox --seed 7 pace --out seen --jobs 4" log </dev/null >/dev/null 2>&1
    ok "on a terminal a line says how far both lanes are, and who is slowest" \
        grep -qzP '[1-6] of 6 judged but for speed(.|\n)*[1-5] of 6 timed alone, about \d+ s left(; longest now: s\d, \d+ s)?; slowest: s\d, \d+ s' log
else
    echo "ok - grade: on a terminal a line says how far both lanes are # SKIP script (bsdutils) is not here"
fi

# -- cases of one's own
hand_in own/ada/1 40
hand_in own/ada/2 70
hand_in own/bob 70
own() { quick/build/bin/twofold grade --lab heat --no-sandbox own --out own-out "$@" >log 2>&1; }
seeds() { sed -n 's/.*"student":"'"$1"'".*"base_seed":\([0-9]*\).*/\1/p' own-out/journal.jsonl | sort -u | paste -sd' '; }
: >judged
own --variants autumn
ok "the same files of two students are judged for each" is "$(sort judged | paste -sd' ') $(score own-out bob)" "ada ada bob 70 graded"
ok "all attempts of a student have the same cases, and another student others" is "$(seeds ada | wc -w)$(seeds bob | wc -w)$([ "$(seeds ada)" = "$(seeds bob)" ] && echo same)" 11
ok "the student is told how to make them again" grep -q "make check LAB=heat SEED=$(seeds ada)\`" own-out/pages/ada.html
own --variants autumn
ok "a second call judges nothing" grep -q ' 0 to judge' log
rm -r own/bob && hand_in own/bob 70 && hand_in own/eva REFUSED
own --variants spring
ok "with another salt all is judged anew, with others" is "$(seeds ada | wc -w)$(seeds bob | wc -w)" 22

exit $status
