// SPDX-License-Identifier: MIT
//
// record.h: what is in the records, between lab.c, record.c and the given versions; nothing a
// student's file needs.

#ifndef ISOLATE_RECORD_H
#define ISOLATE_RECORD_H

#include "isolate.h"

enum kills { KILLS_CRASH, KILLS_EXIT, KILLS_WILD };
extern const char *const kills_names[]; // NULL ends

struct secret {
    struct isolate s; // what the versions see; first, so that both have one address
    uint64_t seed;
    long strokes; // of work in a record
    int poison;   // records that kill their worker
    enum kills kills;
    bool anew; // what an earlier launch has saved is forgotten
    int rank;
    int left;        // processes that a version left behind
    char story[400]; // of a given version, for the notes
};

// Is there something in this record that does what `kills` says?
bool record_is_poisoned(const struct secret *secret, int record);
// Does this record kill its worker? A wild one does not: it writes where it should not, and goes on.
bool record_kills(const struct secret *secret, int record);
// Its value, without what else is in it.
long record_value(const struct secret *secret, int record);

#endif
