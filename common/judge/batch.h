// SPDX-License-Identifier: MIT
//
// batch.h: runs many cases of one lab program in few launches, and leaves a record of each.
//
// Theory of operation. Cases without ranks run in one process, cases on ranks in one launch as wide
// as the widest of them, hybrid cases in one launch for each number of threads. A launch that ends
// early or hangs was killed by the first case that has no record: this case is run alone, the rest
// again without it. A case that is not right among others is run alone, too:
//
//     wrong or dead, alone too      its verdict is that of the lone run
//     wrong or dead, alone right    FLAKY: something of an earlier case was left over, or a race;
//                                   in the kit's own solutions that is a fault
//     over time or refused, alone   right, but `among` of its record keeps what it was: the
//     right                         machine was busy, or something of an earlier case was left over
//
// Of a case on ranks "alone" means twice: in a launch as wide as the case, and in one with a rank
// more, in which MPI_COMM_WORLD is not what the version was given. A case that the student's program
// refuses and a right program does not is WRONG.
//
// Whose word counts. The kit's own programs check themselves (--check). A student's program does
// not: it leaves a result file a case, and another program, the verifier, which has no line of the
// student in it, recomputes and compares. What the student's program prints is believed only where
// it costs the student something: that a version is not written yet, or was refused.
//
// Verdicts of cases that left no verdict of their own: REFUSED (text says why), CRASH, HANG, OUTPUT
// (it printed or wrote without end), MEMORY (confine.h), and INFRA where a launch could not be
// started or died too often.
//
// What a launch of a student's program may touch stands in job.h; what runs beside it, services.h.

#ifndef TWOFOLD_BATCH_H
#define TWOFOLD_BATCH_H

#include "expand.h"
#include "labs.h"
#include "machine.h"
#include "process.h"
#include "records.h"

// Where the time went, seconds of wall time. reference: of runs that the program under test is
// held against.
struct spent {
    double runs, reference, verifying, compiling;
    double launch; // the slowest start of a trusted program that was measured (patience.h)
    int launches;
};

struct subject {
    const char *program; // build/solutions/heat
    struct lab_about about;
    struct machine machine;
    const char *dir;  // for files of cases; there must be one (job.h says what is in it)
    const char *root; // the kit's directory, whose services run beside cases; NULL: none do
    // A lone case may take so long (s), and a launch of many this and 0.25 s a case; of a program
    // that is not believed only where nothing can be measured (patience.h).
    double seconds;

    // What follows is for a program that is not believed; all zero for one that checks itself.
    const char *verifier;  // the lab's program without a line of the student: it has the last word
    const char *reference; // a program that is right, for patience.h
    int spare;             // ranks of a lone launch beyond those of its case
    bool strict; // with first_only: a case that is right alone but not among others ends it, too
    bool first_only; // the first case that is not right ends it; the others keep an empty verdict
    // How the program is started; NULL: process_run(). `user` is given to it.
    starter *run;
    void *user;
    // How the reference is started where its time is compared, so that it has no better place to run in;
    // NULL: as any program of ours.
    starter *run_right;
    void *user_right;
    struct spent *spent;     // added to; NULL: not wanted
    const struct cpus *cpus; // on which it runs, whoever else runs elsewhere; NULL: on the judge's
    bool alone;              // a lone run has the machine to itself: its workers are bound to cores
    struct watch *watch;     // looks at a lone run, from outside (watch.h); NULL: nobody does
    struct case_spec
        solved; // what case_watch() found the serial result of last; version "": nothing
};

// Fills records[i] for specs->at[i].
void batch_run(const struct subject *subject, const struct case_specs *specs,
               struct record *records);

// Runs one case in a launch of its own, as wide as the case, with further arguments (NULL ends).
// False: it could not be started. Either way the outcome is to be freed.
bool case_run(const struct subject *subject, const struct case_spec *spec, const char *const *more,
              double seconds, struct outcome *outcome);

// Runs one case alone and writes its record, with the verdict of whoever has the last word.
void case_judge(const struct subject *subject, const struct case_spec *spec, struct record *record);

// Runs one case alone, watched from outside: the record's `seen` is filled in. library:
// build/lib/count.so, NULL where it is not built. It has 6 times subject->seconds, and again as long as
// patience.h says of this machine where that is more. A case of the given serial version is run by the
// verifier: there is nothing of the student's to look at, its result is right, and others of the same
// problem that are equal to it need not be computed again.
void case_watch(struct subject *subject, const char *library, const struct case_spec *spec,
                struct record *record);

// The command that runs this case alone, to copy; the caller frees it.
char *case_command(const struct subject *subject, const struct case_spec *spec);

#endif
