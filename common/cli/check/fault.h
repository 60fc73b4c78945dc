// SPDX-License-Identifier: MIT
//
// fault.h: a case that failed: which one of a check's, the smallest one that fails like it, and what
// a student reads about it.

#ifndef TWOFOLD_CHECK_FAULT_H
#define TWOFOLD_CHECK_FAULT_H

#include "session.h"

// The record that decides: the first that is the student's fault or INFRA, else the first that is
// not right. Its index; count: all are right.
size_t fault_find(const struct record *records, size_t count);

// Looks for the smallest case that fails as this one does, and reports the check. False: the journal
// cannot be written.
bool fault_report(struct session *session, struct judged *judged, const struct case_spec *spec,
                  const struct record *record);

#endif
