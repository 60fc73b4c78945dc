// SPDX-License-Identifier: MIT
//
// seen.h: what was seen of one run from outside (watch.h), and what its ranks counted themselves.

#ifndef TWOFOLD_SEEN_H
#define TWOFOLD_SEEN_H

struct seen {
    // From outside. workers 0: the call was too short to be seen, or nobody watched.
    double workers;    // threads or ranks there should be, and of which something was seen
    double worked;     // of them: with at least a tenth of the busiest one's CPU time
    double busiest_ms; // CPU time of the busiest worker in the call
    double wanted_ms;  // for which that one ran or wanted a core and had none
    double
        least_ms; // CPU time of the one that had least; 0 where fewer were seen than there should be
    double cpu_ms;    // of all
    double waited_ms; // for which all of them wanted a core and had none
    double call_ms;   // wall time from the first process in its call to the last
    double grown_kb;  // most that a process's memory grew during the call
    double pss_kb;    // largest share of memory of a process (PSS)
    // From inside, the sum of all ranks; -1: not known.
    double messages, bytes, mpi_ms;
};

// The members by name, as records and journals spell them: "seen_workers" ...
struct seen_member {
    const char *name;
    double *at;
};
enum { SEEN_MEMBERS = 12 };
void seen_members(struct seen *seen, struct seen_member members[SEEN_MEMBERS]);

#endif
