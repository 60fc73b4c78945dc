// SPDX-License-Identifier: MIT
//
// orders.h: all orders in which the steps of some threads can follow one another.
//
// Theory of operation. Each thread adds 1 to the shared counter so many times. To the hardware that
// is not one step but three: load the counter into a register, add 1 there, store it. A thread does
// its own steps in their order; between two of them any other thread may do any number of its own.
// The orders are walked one by one, depth first, on a model of the machine: a counter, a register a
// thread, a lock. Nothing runs at the same time here, and no order is left out. (A real processor
// can do worse: it may also let a store become visible late.)
//
// A guard changes the steps: inside `critical` they stand between a lock and an unlock, `atomic` is
// one step that nobody can divide, with `private` each thread counts for itself and adds its count
// to the counter at the end, one thread at a time.

#ifndef TWOFOLD_ORDERS_H
#define TWOFOLD_ORDERS_H

#include <stdbool.h>

enum {
    ORDERS_THREADS = 4, // at most
    ORDERS_TIMES = 4,   // additions a thread, at most
    ORDERS_STEPS = ORDERS_THREADS * ORDERS_TIMES * 5
};

enum guard { GUARD_NONE, GUARD_CRITICAL, GUARD_ATOMIC, GUARD_PRIVATE };

enum step { STEP_LOAD, STEP_ADD, STEP_STORE, STEP_LOCK, STEP_UNLOCK, STEP_ATOMIC, STEP_COUNT };

struct program {
    int threads, times; // 1 .. ORDERS_THREADS, 1 .. ORDERS_TIMES
    enum guard guard;
};

// One order: which thread does the next step.
struct order {
    int steps, switches; // switches: changes from one thread to another
    unsigned char thread[ORDERS_STEPS];
    int end; // the counter at the end
};

struct orders {
    double total, lost;                             // orders; and those that lose an addition
    double ends[ORDERS_THREADS * ORDERS_TIMES + 1]; // orders by the counter at the end
    struct order right, wrong;                      // of each kind the one with the fewest switches
};

// What one step did: for a drawing.
struct done {
    int thread;
    enum step step;
    int value;   // of the register, or of the thread's own count, behind the step
    int counter; // behind the step
};

// Walks them all, about 20 million a second. False: there are more than `most`, and it stopped.
bool orders_walk(const struct program *program, double most, struct orders *orders);

// The order, step by step; done has room for order->steps.
void order_replay(const struct program *program, const struct order *order, struct done *done);

// The steps of one thread; returns how many. steps has room for ORDERS_STEPS.
int program_steps(const struct program *program, enum step *steps);

#endif
