// SPDX-License-Identifier: MIT
//
// process.h: a command that runs until it ends, its time is over, or the person presses Ctrl-C;
// whichever comes first, nothing of it is left behind.
//
// Theory of operation. The command gets a process group of its own, so a Ctrl-C reaches only us,
// and a mark in its environment (TWOFOLD_RUN), which every descendant inherits: mpirun puts each
// rank into a further process group, and a rank outlives a killed mpirun. So the tree is found by
// reading /proc: parents' numbers, and the mark where a parent is gone already. To end a run, its
// first process is asked with SIGTERM (mpirun then ends its ranks and removes its files), and after
// a grace all that is left of the tree gets SIGKILL. The same sweep follows a command that ended by
// itself. Pipes are read until the command's end, never until end of file: a forgotten child may
// hold them open for ever.
//
// Several threads may each run a command at once.

#ifndef TWOFOLD_PROCESS_H
#define TWOFOLD_PROCESS_H

#include "command.h"
#include "cores.h"
#include <stdbool.h>
#include <stddef.h>

// How to run. All zero: no time limit, output passed through to ours.
struct how {
    double seconds;          // time limit; 0: none
    bool capture_out;        // keep stdout in the outcome
    bool capture_err;        // keep stderr in the outcome
    size_t cap;              // bytes kept of the head of each, and 4 KiB of its tail; 0: 4 MiB
    size_t most;             // bytes that it may write to both that are captured; 0: no limit
    const char *dir;         // where to run it; NULL: here
    const struct cpus *cpus; // on which it and all that it starts run (cores.h); NULL: on ours
    // Called for every whole line of a captured stdout, or stderr, as it arrives, without its
    // newline.
    void (*line)(const char *line, void *user);
    void (*err_line)(const char *line, void *user);
    // Called about ten times a second while the command runs (a progress line).
    void (*tick)(double seconds, void *user);
    // Called about every look_s seconds while it runs, with the number of its first process.
    void (*look)(int pid, double seconds, void *user);
    double look_s;
    // Where any of them sets it true, the command is stopped as if its time were over; NULL: none.
    const bool *enough;
    void *user; // given to all of them
};

// What came of it.
struct outcome {
    bool started;        // false: `text` says why not
    int status;          // exit status; 128 + signal where a signal ended it, as in a shell
    int signal;          // that ended it, 0: none
    bool over_time;      // stopped by us: its time was over
    bool interrupted;    // stopped by us: SIGINT, SIGTERM or SIGHUP
    bool too_much;       // stopped by us: it wrote more than how->most
    int left;            // processes that it left behind and that were killed
    char left_name[128]; // how one of them was called, with its words; "": not known
    double wall, cpu;    // s; cpu: of the command and of all it waited for (mpirun: its ranks)
    long peak_kb;        // of the largest single process
    char *out, *err;     // captured output, never NULL after process_run, 0-terminated
    size_t out_size, err_size;
    bool out_cut, err_cut; // more than cap was written: the middle is left out
    char text[256];        // one sentence on how it ended: "... ended with status 3"
    // By whoever confined it (confine.h); zero where nobody did.
    const char *verdict;  // what it was stopped for: "MEMORY"; NULL: it was not
    double job_peak_mib;  // of the whole job, seen from outside, pages that are shared counted once
    int job_peak_threads; // of the whole job, with the launcher's
};

// Runs a command to its end. False: it could not be started (outcome->text says why). Either way
// the outcome is to be freed.
bool process_run(const struct command *command, const struct how *how, struct outcome *outcome);
void outcome_free(struct outcome *outcome);

// Who starts a command: process_run() itself, or somebody who confines what is started (confine.h).
typedef bool starter(const struct command *command, const struct how *how, struct outcome *outcome,
                     void *user);
// As process_run(), by `run`, which is given `user`; NULL: by process_run().
bool process_run_by(starter *run, void *user, const struct command *command, const struct how *how,
                    struct outcome *outcome);

// Seconds since some moment of the past, by a clock that nobody sets.
double process_now(void);

// From now on SIGINT, SIGTERM and SIGHUP end running commands and are remembered.
void process_catch_signals(void);
// The signal that came, 0: none.
int process_interrupted(void);
// Ends this program as the remembered signal would have ended it. Returns if there was none.
void process_die_if_interrupted(void);

// Is there a program of this name in PATH (or at this path)? Writes where, if path is not NULL.
bool process_find(const char *name, char *path, size_t cap);

#endif
