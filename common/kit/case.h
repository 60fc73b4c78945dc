// SPDX-License-Identifier: MIT
//
// case.h: one case (version, workers, parameters, seed), how it is read, and what came of it.

#ifndef TWOFOLD_CASE_H
#define TWOFOLD_CASE_H

#include "lab.h"

#include <stdio.h>

enum { PARAMS_MAX = 16 };

struct run_case {
    uint64_t id;
    const struct version *version;
    int workers; // threads of a team or ranks of a communicator; 0: as many as there are
    int threads; // in each rank of a hybrid version
    uint64_t seed;
    const char *values[PARAMS_MAX]; // in the order of lab.params; not owned
};

// What a case left behind; true on rank 0 of its communicator.
struct record {
    struct run_case of;
    enum { RAN, REFUSED, UNWRITTEN } status;
    bool checked; // against the serial version; then `same` holds
    enum same same;
    char text[1024];  // the refusal, the todo, or the first difference
    double wall, cpu; // s; CPU time summed over the workers
    double peak_kb;   // of the whole job
    bool watched;     // peak_kb is PSS, else the sum of VmHWM
    // What given code told work_done(): all of it (0: nothing), the busiest worker's part, and how
    // many workers did a tenth of that or more.
    double done, done_most, done_by;
    double work, ideal; // units of lab.unit; s, 0: unknown
    char notes[512];
    uint64_t returned; // workers that came back from the call
    void *bytes;       // the result; owned by the record
    size_t size;
};

// The default case of this lab: its first version, one worker, the default values.
struct run_case case_default(void);

// Each finds a name of this lab; an unknown one is refuse()d with the names there are.
bool case_version(struct run_case *c, const char *name);
bool case_param(struct run_case *c, char *assignment); // "n=512"; kept by reference, cut at '='
// Numbers of the options and of case files.
bool case_workers(struct run_case *c, const char *text);
bool case_seed(struct run_case *c, const char *text);

// Reads one line of a case file, ID VERSION WORKERS SEED [name=value ...], into c, which holds the
// defaults. The line is cut into words and kept by reference.
bool case_line(struct run_case *c, char *line);

// May this case run in a launch of `ranks` processes? Sets workers where it is 0. No: refuse()s.
bool case_fits(struct run_case *c, int ranks);

bool needs_ranks(const struct version *version);
const char *run_name(enum run run);
const char *bound_name(enum bound bound);

void record_free(struct record *record);

#endif
