// SPDX-License-Identifier: MIT
//
// code.c: given. The programs of this lab, in byte code.

#include "code.h"

// Places in the code. A task begins at one of the first four.
enum place {
    WAITS = 0,
    CHAIN = 2,
    MIXED = 4,
    PRIMES = 6,
    BEGIN = 7,
    NEXT = 8,
    DIVIDE = 18,
    PRIME = 34,
    ON = 38,
    OVER = 43
};

// (clang-format would put each instruction on a line of its own.)
// clang-format off
// How many of the numbers N <= n < STOP have no divisor but 1 and n?
static const struct instruction code[] = {
    // the answer from outside is all there is to it
    [WAITS] = {WAIT, 0}, {END, 0},
    // not before the task before this one has ended; then as MIXED
    [CHAIN] = {BEFORE, 0}, {UNLESS, CHAIN},
    // the count begins with the answer from outside
    [MIXED] = {WAIT, 0}, {JUMP, BEGIN},
    // the count begins with 0
    [PRIMES] = {PUSH, 0},
    [BEGIN] = {STORE, COUNT},
    // while n < STOP; 0 and 1 are no primes
    [NEXT] = {LOAD, N}, {LOAD, STOP}, {LESS, 0}, {UNLESS, OVER},
    {PUSH, 1}, {LOAD, N}, {LESS, 0}, {UNLESS, ON},
    {PUSH, 2}, {STORE, D},
    // no divisor up to the root: a prime. d divides n: none. Else the next d
    [DIVIDE] = {LOAD, N}, {LOAD, D}, {LOAD, D}, {MUL, 0}, {LESS, 0}, {UNLESS, DIVIDE + 7},
    {JUMP, PRIME}, {LOAD, N}, {LOAD, D}, {MOD, 0}, {UNLESS, ON},
    {LOAD, D}, {PUSH, 1}, {ADD, 0}, {STORE, D}, {JUMP, DIVIDE},
    [PRIME] = {LOAD, COUNT}, {PUSH, 1}, {ADD, 0}, {STORE, COUNT},
    [ON] = {LOAD, N}, {PUSH, 1}, {ADD, 0}, {STORE, N}, {JUMP, NEXT},
    [OVER] = {LOAD, COUNT}, {END, 0}};
// clang-format on
static const enum place begins[] = {PRIMES, WAITS, MIXED, CHAIN};
const char *const program_names[] = {"primes", "wait", "mixed", "chain", NULL};

const struct instruction *code_begin(enum program program) {
    return code + begins[program];
}

const struct instruction *code_at(int place) {
    return code + place;
}
