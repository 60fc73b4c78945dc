// SPDX-License-Identifier: MIT
//
// confine.h: how the judge starts what a student wrote, and the compiler that reads it: in a box
// (sandbox.h), or, for one's own code where no box can be made, under its limits alone.
//
// It stands between whoever runs cases or compiles (batch.h, compile.h: their `run` hooks) and
// process_run(). What the box stopped becomes the outcome's verdict: MEMORY, OUTPUT (files without
// end), CRASH (processes without end), INFRA (there was no box).

#ifndef TWOFOLD_CONFINE_H
#define TWOFOLD_CONFINE_H

#include "process.h"
#include "sandbox.h"

struct confine {
    struct sandbox box;
    struct sandbox_limits limits;
};

// Does a box work here? As sandbox_available(), but an answer that was yes is remembered (in
// ROOT/build/check/sandbox) until the machine is started again or the programs that make the box
// change. For one's own code: before a stranger's, sandbox_available() tries it anew.
bool confine_available(const char *root, char *why, size_t cap);

// Around the directory dir, the only one that keeps what is written; see: what is shown beside it
// (sandbox_open). bare: no box, only limits. False: why says what is wrong.
bool confine_open(struct confine *confine, const char *root, const char *dir,
                  const char *const *see, bool bare, char *why, size_t cap);
void confine_close(struct confine *confine);

// Limits for a lab's program, for the whole job: by what this machine has.
struct sandbox_limits confine_of_program(void);
// For a compiler of one file.
struct sandbox_limits confine_of_compiler(void);

// process_run() confined; `confine` is a struct confine. how->dir is called as it is outside.
bool confine_run(const struct command *command, const struct how *how, struct outcome *outcome,
                 void *confine);

#endif
