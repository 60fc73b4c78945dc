// SPDX-License-Identifier: MIT
//
// report.h: what a report is made of.
//
// Theory of operation. This directory knows nothing but data: whoever measured (common/cli) fills
// the structs below, and then
//
//     plan.h              which configurations are worth a row, and when it is enough
//     stats.h             medians and quartiles, and whether two series differ
//     report.c            what follows from a row: speed-up, efficiency, share of the ideal
//     verdict.h           sentences about one lab: who won, by how much, why
//     claims.h            claims about threads and processes, held against all labs
//     table.h, screen.h   the terminal
//     svg.h, chart.h      what drawings (SVG) are made of; those of a lab
//     page.h              one HTML page that needs nothing else
//     sweep.h             versions over a row of values: data, chart, page
//     lines.h             JSON, a line a row, for machines
//     show.h, escape.h    numbers and texts, as a reader of each of these wants them
//     whole.h             a file that is written whole or not at all
//
// Nothing here starts a program or reads a clock, so all of it can be tested with made-up numbers.
// A number that is not known is NAN.

#ifndef TWOFOLD_REPORT_H
#define TWOFOLD_REPORT_H

#include "stats.h"
#include <stdbool.h>

enum { ROUNDS_MAX = 64, ROWS_MAX = 64, SENTENCES_MAX = 6, SENTENCE_CAP = 640 };

// What became of a configuration.
enum state {
    ROW_TIMED,   // it ran, right where that was checked, and was timed
    ROW_UNTIMED, // it ran right, but no time was taken
    ROW_WRONG,   // the check found another result than the serial one
    ROW_TODO,    // the starter: not written yet
    ROW_FAILED   // refused, crashed, or never ended
};

// One version with one number of workers: a row of the table.
struct row {
    char version[32];              // "omp"
    char run[16];                  // serial, threads, ranks, hybrid, processes
    int workers, threads;          // threads: of each worker (hybrid), else 1
    bool given;                    // shown for comparison, not the student's to write
    enum state state;              //
    char text[SENTENCE_CAP];       // why it was not timed, in a sentence
    double wall[ROUNDS_MAX];       // s, one a round; NAN: not run in that round
    double cpu[ROUNDS_MAX];        // s, of all workers together, same rounds
    double memory;                 // peak of the whole job, bytes
    bool memory_pss;               // sampled PSS; else a sum of high-water marks, an upper bound
    double messages, collectives;  // of all ranks together
    double bytes;                  // handed to MPI, of all ranks together
    double mpi_share;              // of the workers' time, spent inside MPI calls that may wait
    int nodes;                     // of a cluster, on which it was tried too; 0: on none
    enum state nodes_state;        // what became of it there
    double nodes_wall[ROUNDS_MAX]; // s, there, in the same rounds
    double ideal;                  // s, below which the problem itself does not let anybody
    char command[512];             // to copy into a shell
};

// One lab.
struct part {
    char name[32], title[128], unit[32];
    char bound[16];   // compute, memory, waiting, mixed
    char params[256]; // "n=512 steps=100"
    double work;      // units a run does
    int rounds;       // used in the rows
    double noise;     // serial against itself: the middle difference within a round, as a share
    int cores;        // of this machine
    int row_count;
    struct row rows[ROWS_MAX];
    int sentence_count;
    char sentences[SENTENCES_MAX][SENTENCE_CAP];
};

enum holds { HOLDS, HOLDS_NOT, HOLDS_UNKNOWN };

struct claim {
    const char *id, *statement; // "C7"; what every introduction says
    enum holds holds;
    char figure[2 * SENTENCE_CAP]; // what was measured here and now, or why nothing could be;
                                   // a line a lab
    bool asked;                    // one of the labs speaks to it, measurable or not
};

// Where and when.
struct host {
    char cpu[128], system[128], mpi[128], compiler[128];
    int cores;
    double memory; // bytes
};

struct report {
    struct host host;
    char date[32], command[512];
    bool solutions;   // the kit's own solutions, not a student's files
    bool interrupted; // not all that was asked for is here
    int part_count, claim_count;
    struct part *parts;
    struct claim *claims;
};

// -- what follows from a row ---------------------------------------------------------------------

struct spread row_time(const struct row *row);          // s
struct spread row_time_on_nodes(const struct row *row); // s; times 0: it was not timed there
// Serial time over this row's, round by round: what another program did to the machine meanwhile
// hit both.
struct spread row_speedup(const struct part *part, const struct row *row);
// Does a take less time than b, beyond what chance and this machine's noise explain?
bool row_faster(const struct part *part, const struct row *a, const struct row *b);
// How many threads of execution compute at once: ranks times threads.
int row_units(const struct row *row);
// Speed-up for each of them; NAN where they have no core each.
double row_efficiency(const struct part *part, const struct row *row);
double row_busy(const struct row *row);        // CPU time over wall time
double row_ideal_share(const struct row *row); // ideal time over measured time
bool row_is(const struct row *row, const char *run);
// "omp with 2 threads", "mpi with 1 rank", "hybrid with 2 ranks of 2 threads", "serial".
const char *row_name(const struct row *row, char *text, unsigned long cap);
// The sentence that belongs under this row: NULL where there is none, or the row above has the same.
const char *row_note(const struct part *part, const struct row *row);
// "4", "2x2".
const char *row_workers(const struct row *row, char *text, unsigned long cap);

// -- what is asked of a lab's rows; NULL where there is none ----------------------------------------

const struct row *part_serial(const struct part *part);
// The fastest timed one that is the student's to write; run: NULL for any but serial.
const struct row *part_best(const struct part *part, const char *run);
const struct row *part_find(const struct part *part, const char *run, int workers);
// The largest number of workers at which both threads and ranks have a figure for memory; 0: none.
int part_common_workers(const struct part *part);

#endif
