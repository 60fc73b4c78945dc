// SPDX-License-Identifier: MIT
//
// records.h: what the cases of a check left behind, one record a case, and what a rubric may ask
// about them. A record is read from the JSON line that a lab program prints (--check --json); a
// case that died or never ended left no line, and its record is made by whoever ran it.

#ifndef TWOFOLD_RECORDS_H
#define TWOFOLD_RECORDS_H

#include "seen.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct record {
    size_t id;
    char version[16], run[16];
    int workers, threads;
    uint64_t seed;
    char params[200]; // "n=97 steps=3"
    char status[16];  // ok, refused, todo
    char verdict[16]; // PASS, WRONG, TODO; of a case without a line: CRASH, HANG, INFRA
    char same[16];    // SAME, ROUNDING, WRONG; "" where nothing was compared
    char text[2048];  // the first difference, or why there is no result
    char notes[512];  // what the lab noted of the run, from inside
    double wall_ms, cpu_ms, peak_kb, work;
    // Units of work that given code counted: in all workers (0: it does not count), in the busiest,
    // and how many did a tenth of that or more.
    double done, done_most, done_by;
    char among[16];   // the verdict it had among other cases, where alone it is right; "": none
    bool wider;       // it fails only in a launch that has more ranks than the case
    char crash[1024]; // its last words (crash.h); "": none
    // What the service beside the case counted, as one flat JSON object (services.h); "": none ran.
    // It ran outside the student's reach, so it is a witness.
    char witness[512];
    struct seen seen; // of a case that ran alone and was watched; else all zero
};

// Reads one line. False: it is not a whole record.
bool record_parse(const char *line, struct record *record);
// Writes it as such a line.
void record_print(FILE *file, const struct record *record);

bool record_is_verdict(const struct record *record, const char *verdict);

// The records that the assertions below look at; they stay the caller's. NULL, 0: none.
void records_use(const struct record *records, size_t count);

// -- for assertions in tests/labs/NAME.c ------------------------------------------------------------
//
// Each is about all records of the check at hand; where there is none, each is false or 0.

bool records_all(const char *verdict);     // every case ended with this verdict
bool records_all_same(const char *same);   // every result stood so to the serial one
size_t records_count(const char *verdict); // cases with this verdict
const struct record *record_at(size_t i);  // NULL beyond the last
// What the service of a case counted under this name ("requests", "peak"); -1: no such figure.
double record_witness(const struct record *record, const char *name);

#endif
