// SPDX-License-Identifier: MIT
//
// gil.h: the contract of lab 03: tasks, written in byte code, and an interpreter that only one
// thread may be in at a time.
//
//     task 0   PUSH 2  STORE d  LOAD d  LOAD n  LESS ...  END       An interpreter takes one
//     task 1   PUSH 2  STORE d ...                                  instruction after another. All
//     task 2   WAIT  ...                                            values are objects that count
//                                                                   who refers to them.
//
// Each count is a plain number, and so are the list of free objects and the variables of the
// program. Two threads in the interpreter at once would lose updates of them (lab 02) with every
// instruction. CPython, which most people call Python, has the same problem, and solves it with one
// lock for all of it, the global interpreter lock or GIL: who is in the interpreter holds it.

#ifndef GIL_H
#define GIL_H

#include "kit.h"

struct interpreter; // its objects and variables
struct vm; // a virtual machine: one task that is being run, its stack, its place in the code

// Why a virtual machine has stopped.
enum stop {
    VM_END,  // the task has ended, its answer is noted
    VM_WAIT, // it waits for an answer from outside: vm_wait(), then vm_answer(), then vm_run()
    VM_SLICE // it has run for as long as it was told to, and is not done: vm_run() goes on
};

struct gil {
    int tasks;       // the tasks 0 .. tasks - 1; may be 0, or fewer than there are workers
    double interval; // s that a thread may stay in the interpreter while others want to get in
    long *answer; // [tasks + 1], all 0 at the start: what each task has computed, noted by vm_run()
                  // at its end; and in answer[tasks] their sum, which it adds to. Threads share
                  // these; every rank has an array of its own
    struct interpreter *interpreter; // that all threads of this process share
    struct problem *of;              // what the tasks do; lab.c's
};

// Each of these runs all tasks, and leaves what they have computed in g->answer. Tasks are begun in
// ascending order, for one may wait for what an earlier one stores (program=chain).
void gil_serial(struct gil *g);             // given, serial.c
void gil_omp(struct gil *g);                // yours: threads of one interpreter, omp.c
void gil_mpi(struct gil *g, MPI_Comm comm); // yours: an interpreter a rank, mpi.c. Every rank of
                                            // comm calls it, with the same tasks. At the end
                                            // g->answer of rank 0 holds all; the others' are not
                                            // looked at. (program=chain is for threads only.)

// Given, to compare with: threads in C, which need no lock where each has an interpreter of its
// own (free.c), an event loop (loop.c), and the same tasks in Python where it is installed (python.c, tasks.py).
void gil_free(struct gil *g);
void gil_loop(struct gil *g, int workers);     // one thread, so many tasks under way: an event loop
void gil_pythread(struct gil *g, int workers); // threads of one Python
void gil_pyproc(struct gil *g, int workers);   // a Python a worker
void gil_pyfree(struct gil *g, int workers); // threads of a Python that was built without the lock

// -- the interpreter, given (machine.c) ----------------------------------------------------------

// A virtual machine of g's interpreter, for one thread; one task at a time. No memory: the run ends.
// Any thread may open and close, at any time.
struct vm *vm_open(struct gil *g);
void vm_close(struct vm *vm);

// Puts the machine at the beginning of a task.               In the interpreter: one thread at a time
void vm_load(struct vm *vm, int task);
// Runs the task until it ends or waits, or for about `seconds`.                                 As above
enum stop vm_run(struct vm *vm, double seconds);
// The task's question is sent to the origin, over a connection that the vm keeps, and its answer
// waited for, as long as it takes (outside.h). It touches nothing of the interpreter: any number of
// threads may wait at once.
void vm_wait(struct vm *vm);
// Makes an object of what came, and gives it to the task.    In the interpreter: one thread at a time
void vm_answer(struct vm *vm);

#endif
