// SPDX-License-Identifier: MIT
//
// said.h: what a run said, in records and by its end; and what of it is believed.

#ifndef TWOFOLD_SAID_H
#define TWOFOLD_SAID_H

#include "expand.h"
#include "process.h"
#include "records.h"
#include <stdbool.h>
#include <stddef.h>

// A record of a case that left none.
void case_blame(struct record *record, const struct case_spec *spec, const char *verdict,
                const char *text);
// A record without a verdict gets one in capitals all the same.
void record_settle(struct record *record);
// What a program that is not believed may say in a record: that there is a result, which is then the
// verifier's to judge (verdict ""), that it was refused (REFUSED), or that nothing is written yet
// (TODO). Which case it is the judge knows better. False: anything else, which counts as nothing.
bool record_of_stranger(struct record *record, const struct case_spec *spec);
bool record_is_right(const struct record *record);
// The record that a line holds, even if the student's own words stand before it on the line.
bool record_find(const char *line, struct record *record);

// The first whole record among what a program printed. False: there is none.
bool record_first(const char *out, struct record *record);

// What an outcome that left no record is called.
const char *outcome_verdict(const struct outcome *outcome);
// How it ended and the first words it said.
void outcome_words(const struct outcome *outcome, char *text, size_t cap);

// Reads the verifier's line about a result file into record, which holds what the run itself said:
// its times and memory are kept. False: the line is none, or the file is no whole result; text of
// the record says why.
bool record_verified(struct record *record, const char *line);

#endif
