#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A judge that is quick: in the place of twofold-check, for the test of what grade makes of verdicts
# (tests/system/grade.sh). It takes the same words. omp.c says what it is to get:
#
#     // 70              points of 100; less than 100 is WRONG
#     // INFRA           our own fault, each time
#     // SOMETIMES FILE  our own fault, as long as FILE is not there; it is made
#     // LATER FILE N    N, and our own fault as soon as FILE is there
#     // REFUSED         exit status 2
#     // EACH            a check for each verdict, and what a judge says at length
#     // WAITS FILE N    the first time it writes its node's name to FILE, and does not end; then N
#
# Of hidden checks each is passed. In the lane of timing it has no opinion of speed. $JUDGED.order gets a line when what is right is
# judged, and two when speed is timed: begin and end.

while [ $# -gt 0 ]; do
    case $1 in
    --from) from=$2 && shift ;;
    --journal) journal=$2 && shift ;;
    --student) student=$2 && shift ;;
    --seed) seed=$2 && shift ;;
    --lane) lane=$2 && shift ;;
    --after) after=$2 && shift ;;
    --hidden) hidden=$2 && shift ;;
    esac
    shift
done
read -r _ what file more <"$from/omp.c"
run=$$
cpus() { # of this process, and of the grader
    sed -n 's/^Cpus_allowed_list:[[:space:]]*//p' /proc/self/status "/proc/$PPID/status" | paste -sd' '
}
line() { # line CHECK VERDICT POINTS MAX MORE
    printf '{"v":1,"student":"%s","lab":"heat","check":"%s","title":"<b>%s</b> is right","run":%d,"base_seed":%s,"verdict":"%s","points":%d,"max_points":%d,"wall_ms":1500,"evidence":[{"line":0,"file":"omp.c","text":"=row <1> & \\"that\\""}],"hint":"","visibility":"visible"%s}\n' \
        "$student" "$1" "$1" "$run" "$seed" "$2" "$3" "$4" "${5-}" >>"$journal"
    sleep 0.01
}
if [ "${lane-}" = timing ]; then
    run=$(sed -n '1s/.*"run":\([0-9]*\).*/\1/p' "$after")
    echo begin >>"$JUDGED.order"
    line omp-speed UNGRADED 0 0 ',"timed_on":"1"'
    line mpi-speed UNGRADED 0 0 ',"timed_on":""'
    cpus >"$JUDGED.cpus"
    echo end >>"$JUDGED.order"
    exit 0
fi
echo "$student" >>"$JUDGED"
sleep "0.0$(($$ % 10))"
points=0
said() { # said VERDICT POINTS MAX TITLE TEXT HINT
    check=$(echo "$1" | tr A-Z a-z)
    printf '{"v":1,"student":"%s","lab":"heat","check":"mpi-%s","title":"%s","run":%d,"base_seed":%s,"verdict":"%s","points":%d,"max_points":%d,"wall_ms":1500,"case":{"version":"mpi","workers":3,"seed":7,"params":{"n":"97","steps":"3"}},"evidence":[{"line":42,"file":"mpi.c","text":"%s"}],"hint":"%s","visibility":"visible"}\n' \
        "$student" "$check" "$4" "$run" "$seed" "$1" "$2" "$3" "$5" "$6" >>"$journal"
}
case $what in
EACH)
    said PASS 20 20 "ranks give the serial plate" "" ""
    said WRONG 0 20 "ranks give the serial plate at every size that does not divide evenly among them" \
        "row 256, the first row of rank 1, never saw its upper neighbour: is the halo exchanged before each step?" "Draw the rows of two ranks on paper."
    said DEADLOCK 0 10 "ranks do not wait for each other" \
        "rank 0 waits in MPI_Recv(source=1, tag=7) at mpi.c:42; rank 1 waits in MPI_Recv(source=0, tag=7) at mpi.c:42: a cycle of 2" "Let one of the two send first."
    said CRASH 0 10 "ranks use memory that is theirs" "mpi.c:57: above[(size_t)rows*columns_of_the_whole_plate_and_its_two_ghost_columns] lies outside of the array" ""
    said TODO 0 10 "threads give the serial plate" "heat_omp is not written yet" ""
    said SLOW 5 10 "ranks are fast" "the busiest rank did 44 % of the work" ""
    said SKIP 0 10 "ranks are fast on all cores" "" ""
    said UNGRADED 0 10 "speed against the reference" "the machine was too noisy: the reference differed from itself by 31 %" ""
    exit 1
    ;;
REFUSED)
    echo "twofold check: this judge is out of order." >&2
    exit 2
    ;;
SOMETIMES)
    verdict=INFRA
    [ ! -e "$file" ] || verdict=WRONG
    : >"$file"
    ;;
INFRA) verdict=INFRA ;;
LATER)
    verdict=WRONG points=$more
    [ ! -e "$file" ] || verdict=INFRA points=0
    ;;
WAITS)
    if [ ! -s "$file" ]; then
        hostname >"$file"
        sleep 600
    fi
    verdict=WRONG points=$more
    ;;
100) verdict=PASS points=100 ;;
*) verdict=WRONG points=$what ;;
esac
[ -z "${lane-}" ] || echo right >>"$JUDGED.order"
line omp-build PASS 0 0
line omp-equal "$verdict" "$points" 100
[ -z "${hidden-}" ] || sed -n 's/^check *//p' "$hidden" | while read -r own; do line "$own" PASS 10 10; done
[ "$points" -eq 100 ]
