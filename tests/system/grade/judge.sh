#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A judge that is quick: in the place of twofold-check, for the test of what grade makes of verdicts
# (tests/system/grade.sh). It takes the same words. omp.c says what it is to get:
#
#     // 70              points of 100; less than 100 is WRONG
#     // INFRA           our own fault, each time
#     // SOMETIMES FILE  our own fault, as long as FILE is not there; it is made
#     // REFUSED         exit status 2
#     // WAITS FILE N    the first time it writes its node's name to FILE, and does not end; then N
#
# In the lane of timing it has no opinion of speed. $JUDGED.order gets a line when what is right is
# judged, and two when speed is timed: begin and end.

while [ $# -gt 0 ]; do
    case $1 in
    --from) from=$2 && shift ;;
    --journal) journal=$2 && shift ;;
    --student) student=$2 && shift ;;
    --seed) seed=$2 && shift ;;
    --lane) lane=$2 && shift ;;
    --after) after=$2 && shift ;;
    esac
    shift
done
read -r _ what file more <"$from/omp.c"
run=$$
line() { # line CHECK VERDICT POINTS MAX
    printf '{"v":1,"student":"%s","lab":"heat","check":"%s","title":"<b>%s</b> is right","run":%d,"base_seed":%s,"verdict":"%s","points":%d,"max_points":%d,"wall_ms":1500,"evidence":[{"line":0,"file":"omp.c","text":"=row <1> & \\"that\\""}],"hint":"","visibility":"visible"}\n' \
        "$student" "$1" "$1" "$run" "$seed" "$2" "$3" "$4" >>"$journal"
    sleep 0.01
}
if [ "${lane-}" = timing ]; then
    run=$(sed -n '1s/.*"run":\([0-9]*\).*/\1/p' "$after")
    echo begin >>"$JUDGED.order"
    line omp-speed UNGRADED 0 0
    line mpi-speed UNGRADED 0 0
    echo end >>"$JUDGED.order"
    exit 0
fi
echo "$student" >>"$JUDGED"
sleep "0.0$(($$ % 10))"
points=0
case $what in
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
[ "$points" -eq 100 ]
