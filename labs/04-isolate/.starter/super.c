// SPDX-License-Identifier: MIT
//
// Lab 04 isolate, supervised processes.
//
// Goal     Worker processes work on the records, and this one watches over them: who dies is
//          replaced, its record is given up, and no other record is lost or noted twice.
// Run      make run LAB=isolate VERSION=super WORKERS=4 ARGS=poison=8
// Predict  How long does it take to replace a worker? q4 in answers.txt.
// Do       start      Two pipes for each worker: one for the numbers of records, one for their values.
//                     fork(); the child works until its pipe ends, and leaves with _exit(). Each side
//                     closes the ends it does not use: in the child those of the other workers, too.
//          hand out   One record at a time to each worker, so that you know what a dead one had.
//          watch      poll() on all pipes that bring values. A value: note it, hand out the next. The
//                     end of a pipe: its worker is gone. waitpid() takes away what is left of it; its
//                     record is given up; while there are more records, a new worker begins.
//          end        No record left: close its pipe, then wait for it with waitpid().
// Check    make run LAB=isolate VERSION=super WORKERS=3 ARGS="--check poison=5"
//          and with ARGS="--check poison=64", where every record kills; and with kills=exit.
//
// Given: isolate_work(), isolate_note(), isolate_give_up() (isolate.h). The entries that a worker
// process sees are its own copies: only what this process notes is looked at.

#include "isolate.h"

void isolate_super(struct isolate *s, int workers) {
    (void)s, (void)workers; // yours from here
    todo(__func__, __FILE__);
}
