// SPDX-License-Identifier: MIT
//
// lone.h: one case, run alone; the part of batch.h that its files share.

#ifndef TWOFOLD_LONE_H
#define TWOFOLD_LONE_H

#include "batch.h"
#include "said.h"
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

// Fills in the command that starts the program alone for this case. False: why says what hinders it.
bool case_alone(const struct subject *subject, const char *program, const struct case_spec *spec,
                const char *const *more, struct command *command, char *why, size_t cap);

// How the case's version is run, a word of the lab ("threads", "ranks" ...); "": there is no such version.
const char *case_kind(const struct subject *subject, const struct case_spec *spec);
bool case_on_ranks(const struct subject *subject, const struct case_spec *spec);
bool case_is_threads(const struct subject *subject, const struct case_spec *spec);
bool case_is_hybrid(const struct subject *subject, const struct case_spec *spec);
// The same case, solved by the serial version.
struct case_spec case_serially(const struct subject *subject, const struct case_spec *spec);

// As case_run(), with the service beside it that the case wants; witness, as large as that of a
// record: what the service counted, "" none.
bool case_run_served(const struct subject *subject, const struct case_spec *spec,
                     const char *const *more, double seconds, char *witness,
                     struct outcome *outcome);

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

#endif
