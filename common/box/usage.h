// SPDX-License-Identifier: MIT
//
// usage.h: what all descendants of this process use together, seen from outside.

#ifndef TWOFOLD_USAGE_H
#define TWOFOLD_USAGE_H

#include <stdbool.h>

struct usage {
    int threads;    // of all descendants: what the limit of processes counts
    double rss_mib; // sum; pages that several share are counted again and again
    double pss_mib; // sum with shared pages counted once; rss_mib where it was not asked for
};

// Looks once (about 20 us a process of the machine). Asks for the PSS, which is slow, only where
// the RSS is above `enough` MiB. signal: to send to each of them, 0: none.
struct usage usage_look(double enough, int signal);

// Threads of all processes of this process's user, on the whole machine.
int usage_of_user(void);

// Bytes (as MiB) and number of files below dir, both only until they are above what is allowed.
bool usage_of_disk_is_below(const char *dir, double mib, long files);

#endif
