// SPDX-License-Identifier: MIT
// print.h: records and the lab itself, for a person and for a machine.

#ifndef TWOFOLD_PRINT_H
#define TWOFOLD_PRINT_H

#include "case.h"

void print_record(const struct record *record);      // for a person
void print_record_json(const struct record *record); // one line: the fields stand in print.c
void print_lab_json(void);                           // --describe: one line an object
void print_service_json(const struct run_case *c);   // --services: one line, where it wants one

// The exit status that a record asks for: 0 ran (and right), 1 wrong, 2 refused, 3 not written yet.
int record_exit(const struct record *record);

#endif
