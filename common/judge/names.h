// SPDX-License-Identifier: MIT
//
// names.h: names of MPI, OpenMP and C that students write, to find the one that was meant.

#ifndef TWOFOLD_NAMES_H
#define TWOFOLD_NAMES_H

#include <stddef.h>

struct name_list {
    const char *const *at;
    size_t count;
};

extern const struct name_list mpi_names;      // functions, types, constants
extern const struct name_list omp_names;      // functions
extern const struct name_list omp_directives; // words of them: "parallel", "for"
extern const struct name_list omp_clauses;    // "schedule"

// What took the place of a name that MPI 3 removed; NULL: it was not removed.
const char *mpi_successor(const char *name);

// The header of C that declares this function, "math.h"; NULL: none that is known here.
const char *header_of(const char *function);

#endif
