// SPDX-License-Identifier: MIT
//
// packages.h: what the kit needs of a machine (common/cli/packages.txt, which setup.sh reads, too),
// and what of it is missing.

#ifndef TWOFOLD_PACKAGES_H
#define TWOFOLD_PACKAGES_H

#include <stdbool.h>
#include <stddef.h>

struct package {
    char use[8];    // "demo", "test", "more": when setup.sh installs it
    char parts[32]; // the parts of the kit that want it: "judge,tests"
    bool must;      // no lab can be built or run without it
    char probe[32]; // a command, "png.h", "clang:omp.h"
    char debian[48], fedora[48], arch[48], suse[48];
    char why[80];
    bool there;
};

enum { PACKAGES_MAX = 64 };

struct packages {
    int count;
    struct package at[PACKAGES_MAX];
};

// Reads ROOT/common/cli/packages.txt and probes each. False: it cannot be read.
bool packages_read(const char *root, struct packages *packages);

// Is the command or the header there?
bool packages_probe(const char *probe);

// Is it missing for this part of the kit ("judge")? Only what is a must, or only what is not.
bool package_is_missing(const struct package *package, const char *part, bool must);

// The line that installs what is missing for this part on this system, as an administrator types it;
// only what is a must, or only what is not. "": nothing is missing.
void packages_install_line(const struct packages *packages, const char *part, bool must, char *text,
                           size_t cap);

#endif
