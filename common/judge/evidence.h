// SPDX-License-Identifier: MIT
//
// evidence.h: what a rubric, tests/labs/NAME.c, may ask about cases that ran alone and were watched
// from outside (`.alone = true`; watch.h says what is seen, and why it does not depend on how busy
// the machine is).
//
// Theory of operation. Each question is about all records of the check at hand that have more than
// one worker; a record of the serial version beside them says how much work there is. Where the
// answer is no, the question leaves an objection: the verdict, and whole sentences for the student,
// with the figures. The first objection stays. So a rubric reads
//
//     static void work_is_shared(void) {
//         CU_ASSERT(records_all("PASS"));
//         CU_ASSERT(evidence_workers_work(4));
//         CU_ASSERT(evidence_work_is_done_once());
//     }
//
// and the margins are wide: who shares the work passes on a busy machine too, who does not fails on
// a calm one. Where nothing could be seen, or all workers together had less than a tenth of the
// serial version's CPU time, nobody can tell who did the work, and the objection is UNGRADED.

#ifndef TWOFOLD_EVIDENCE_H
#define TWOFOLD_EVIDENCE_H

#include <stdbool.h>

struct record; // records.h

// Who did how much is told by the CPU time, and by what given code counted (work_done() of the kit),
// where it counts and the check has a case of the version `serial` to hold it against. Either may
// object: the count needs no clock, the clock cannot be talked into anything.
//
// At least so many of the workers had work, a tenth of what the busiest had or more: else SERIAL.
// Where work need not be equal, ask evidence_busiest_below() first.
bool evidence_workers_work(int least);

// The busiest worker had less than this share of all work: else SLOW, for the others wait for
// it (SERIAL, where they do nothing at all). Where work is dealt out to whoever is free, a worker
// that shares its core with another program does less, and the others more: leave room for that.
bool evidence_busiest_below(double share);

// All workers together did not many times the work of the serial version (less than 2.35 times,
// where they are four): else SERIAL, for then each does what one could do for all. Ask it of
// four workers or more: who repeats everything takes four times the CPU time, who does not at most 1.4
// times, and another machine behind this one may make half as much again of either. Needs a case of
// the version `serial`.
bool evidence_work_is_done_once(void);

// No process took this much more memory during the call: else MEMORY. part: the share of the
// problem that a rank should hold, in words: "a quarter of the plate".
bool evidence_memory_below(double kb, const char *part);

// How long the call of a case took, ms: what its program says, or, where it ran alone and was
// watched, what was seen from outside, if that is longer.
double evidence_call_ms(const struct record *record);

// The service beside the case (services.h) had at least so many requests in its hands at once, three
// or more, and half of all came while two others were waiting: else SERIAL.
bool evidence_requests_at_once(int least);

// That service had at most so many requests: twice what is needed, for a try may be repeated. Else
// SERIAL, for then each worker does what one could do for all.
bool evidence_requests_at_most(int most);

// For a question of a lab's own, whose answer is no: leaves the verdict and whole sentences for the
// student (printf format), if there is no objection yet. Returns false, so that
// `CU_ASSERT(good || evidence_object(...))` reads well.
bool evidence_object(const char *word, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// For whoever watches the cases, before the rubric is asked: is the CPU time too near to the border
// of evidence_work_is_done_once() to tell, or too little to tell anything? Then look again.
bool evidence_is_in_doubt(void);

// The objection, for whoever asked the rubric; "" none. evidence_begin() forgets it.
void evidence_begin(void);
const char *evidence_verdict(void);
const char *evidence_text(void);

#endif
