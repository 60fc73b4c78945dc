#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Proves the test runner: launches that must fail, and what must then be said.

program=build/tests/kit/selftest_runner
limit=build/tests/bin/limit

# expect NAME STATUS FRAGMENT ... -- COMMAND ...
expect() {
    local name=$1 status=$2 fragments=() text got
    shift 2
    while [ "$1" != -- ]; do
        fragments+=("$1")
        shift
    done
    shift
    text=$("$@" 2>&1)
    got=$?
    local missing=
    for fragment in "${fragments[@]}"; do
        grep -qF -- "$fragment" <<<"$text" || missing=$fragment
    done
    if [ "$got" -eq "$status" ] && [ -z "$missing" ]; then
        echo "ok - runner: $name"
    else
        echo "not ok - runner: $name"
        echo "# status $got, expected $status; missing: $missing"
        sed 's/^/#   /' <<<"$text"
    fi
}

expect "tests that hold pass" 0 "ok - selftest on 4 ranks: everything_holds" -- \
    "$limit" 30 -n 4 $program holds
expect "an assertion that fails on one rank fails the test, and is named" 1 \
    "not ok - selftest on 4 ranks: an_assertion_fails_on_rank_2" \
    "rank 2 of 4: tests/kit/selftest_runner.c:" -- "$limit" 30 -n 4 $program fails
expect "tests after a failed one still run" 1 "ok - selftest on 4 ranks: it_goes_on" -- \
    "$limit" 30 -n 4 $program fails
expect "a fatal assertion on one rank fails the test" 1 "not ok - selftest on 4 ranks" \
    "rank 1 of 4: tests/kit/selftest_runner.c:" -- "$limit" 30 -n 4 $program fatal
expect "a rank that never returns is named" 124 \
    "not ok - selftest on 4 ranks: rank_1_never_returns" "rank 1 of 4 was still inside" -- \
    "$limit" 30 -n 4 $program hangs
expect "a deadlock of all ranks ends the launch" 124 \
    "not ok - selftest on 4 ranks: all_wait_for_a_message" -- "$limit" 30 -n 4 $program deadlocks
expect "a rank that leaves early fails the launch" 1 "exit" -- "$limit" 30 -n 4 $program exits
expect "an assertion that fails without ranks fails the test" 1 "not ok - selftest: it_fails" \
    "tests/kit/selftest_runner.c:" -- "$limit" 30 $program fails-alone
expect "a test that never returns without ranks is ended" 124 \
    "not ok - selftest: it_never_returns" -- "$limit" 30 $program hangs-alone
expect "a program that ignores its watcher is ended from outside" 124 "had not ended after 1 s" -- \
    "$limit" 1 sleep 60
expect "a process left behind is found, killed and counted" 125 "left 1 process behind: sleep 617.25" -- \
    "$limit" 30 sh -c 'sleep 617.25 & exit 0'
if grep -lsa '617[.]25' /proc/[0-9]*/cmdline; then
    echo "not ok - runner: nothing is left after that"
else
    echo "ok - runner: nothing is left after that"
fi
