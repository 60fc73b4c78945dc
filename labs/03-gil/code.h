// SPDX-License-Identifier: MIT
//
// code.h: the byte code of the tasks: what its instructions do, and where each program begins; for
// machine.c, nothing a student's file needs.

#ifndef GIL_CODE_H
#define GIL_CODE_H

#include "machine.h"

// In the comments: what the stack has before and after, its top on the right.
enum operation {
    PUSH,   //     -> x    the number behind it
    LOAD,   //     -> x    the variable behind it
    STORE,  // x   ->      into the variable behind it
    ADD,    // x y -> x + y
    MUL,    // x y -> x * y
    MOD,    // x y -> x % y
    LESS,   // x y -> 1 if x < y, else 0
    JUMP,   //             to the place behind it
    UNLESS, // x   ->      the same if x is 0
    WAIT,   //     -> x    what the world outside answers
    BEFORE, //     -> 1 if the task before this one has ended, else 0
    END     // x   ->      x is the task's answer
};

struct instruction {
    enum operation operation;
    int with;
};

enum variable { N, STOP, D, COUNT, VARIABLES }; // N and STOP are set before the start

// The first instruction of a program.
const struct instruction *code_begin(enum program program);
// The instruction at a place that a jump names.
const struct instruction *code_at(int place);

#endif
