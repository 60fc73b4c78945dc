// SPDX-License-Identifier: MIT
//
// lone.h: one case, run alone; the part of batch.h that its two files share.

#ifndef TWOFOLD_LONE_H
#define TWOFOLD_LONE_H

#include "batch.h"
#include "services.h"

enum { OUTPUT_MOST = 32 << 20 }; // bytes that a launch may print

// Starts the program under test as the subject wants it, and adds the time to what was spent.
bool subject_run(const struct subject *subject, const struct command *command,
                 const struct how *how, struct outcome *outcome);

// Starts what the cases in the file want beside them (services.h) and tells the command. False: text
// says why not. services_stop() either way.
bool subject_services(const struct subject *subject, const char *cases, struct services *services,
                      struct command *command, char *text, size_t cap);

// The program and its arguments for this case, with further ones (NULL ends). The caller frees it.
struct command case_words(const struct subject *subject, const char *program,
                          const struct case_spec *spec, const char *const *more);
// Runs a command that runs this case alone, with what it wants beside it. witness, of as many bytes
// as a record's: what the service of the case counted, "" none. False: it could not be started.
// Either way the outcome is to be freed.
bool case_run_command(const struct subject *subject, const struct case_spec *spec,
                      struct command *command, double seconds, char *witness,
                      struct outcome *outcome);

bool case_on_ranks(const struct subject *subject, const struct case_spec *spec);
bool case_is_hybrid(const struct subject *subject, const struct case_spec *spec);
// The same case, solved by the serial version.
struct case_spec case_serially(const struct subject *subject, const struct case_spec *spec);
// Makes the case the same problem for the lab's serial version.
void case_serial(const struct subject *subject, struct case_spec *spec);

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

// As case_run(), with the service beside it that the case wants; witness, as large as that of a
// record: what the service counted, "" none.
bool case_run_served(const struct subject *subject, const struct case_spec *spec,
                     const char *const *more, double seconds, char *witness,
                     struct outcome *outcome);

// The first whole record among what a program printed. False: there is none.
bool record_first(const char *out, struct record *record);
// Runs a case of a program that is believed, with further words (NULL ends) beside --json, and reads
// what it says of the run. False: it left no record, or none of a run to its end; outcome->text says
// why in a sentence. Either way the outcome is to be freed.
bool case_measure(const struct subject *subject, const struct case_spec *spec,
                  const char *const *more, double seconds, struct record *record,
                  struct outcome *outcome);
// Has the verifier judge the result file that a lone run left, marked with nonce. False: it is no
// whole result; record->text says why. against: a result of the same problem that the reference
// left, which may spare the verifier the computing; NULL: there is none.
bool case_verify(const struct subject *subject, const struct case_spec *spec, const char *path,
                 const char *nonce, const char *against, struct record *record);

// What an outcome that left no record is called.
const char *outcome_verdict(const struct outcome *outcome);
// How it ended and the first words it said.
void outcome_words(const struct outcome *outcome, char *text, size_t cap);

// Reads the verifier's line about a result file into record, which holds what the run itself said:
// its times and memory are kept. False: the line is none, or the file is no whole result; text of
// the record says why.
bool record_verified(struct record *record, const char *line);

#endif
