// SPDX-License-Identifier: MIT
//
// machine.h: the interpreter from inside, between machine.c, lab.c and the given versions; nothing a
// student's file needs.

#ifndef GIL_MACHINE_H
#define GIL_MACHINE_H

#include "gil.h"
#include "outside.h"

enum program { PROGRAM_PRIMES, PROGRAM_WAIT, PROGRAM_MIXED, PROGRAM_CHAIN };
extern const char *const program_names[]; // NULL ends

// What the tasks are about; the same in every process.
struct problem {
    struct gil g; // what the versions see; first, so that both have one address
    enum program program;
    long numbers;           // that a task of primes looks at
    uint64_t seed;          // says where a task begins
    struct outside outside; // what answers those that wait, and when
    bool mixed;             // numbers and the pause follow from a share of waiting
    int ranks;              // of the communicator, 1 without
};

// The first number that a task looks at, 0 to 999.
long problem_start(const struct problem *problem, int task);

// The same as vm_wait(), but it does not wait: vm_ask() sends the question, and what it returns can be
// read from once the answer is there; then vm_hear() takes it. A descriptor that the machine keeps;
// -1: refuse()d, and there will be no answer.
int vm_ask(struct vm *vm);
void vm_hear(struct vm *vm);

// What a task of this problem computes, s of a core; of numbers that are not of this problem's tasks,
// for nobody's answers are touched.
double problem_cost(const struct problem *problem);

// NULL: no memory.
struct interpreter *interpreter_new(void);
void interpreter_free(struct interpreter *interpreter);

#endif
