// SPDX-License-Identifier: MIT
//
// expect.h: the first line of a file that is handed in to see what the judge makes of it:
//
//     // EXPECT file=mpi.c check=mpi-equal verdict=WRONG says="belongs in row"
//     // EXPECT file=mpi.c check=mpi-long verdict=HANG until=observe then=DEADLOCK says="..."
//
//     // EXPECT file=omp.c check=omp-equal verdict=CRASH line=12 says="segmentation fault"
//
// `line` is where in that file the judge must see the mistake, where it can know. `until` and `then` tell a reader which verdict will take the place of the one at hand, and what
// it waits for: both or none.

#ifndef TWOFOLD_EXPECT_H
#define TWOFOLD_EXPECT_H

#include <stdbool.h>

struct expect {
    char file[32];    // of the solution, whose place it takes
    char check[48];   // of the rubric, or VERSION-build
    char verdict[32]; // that this check must get; "WRONG|FLAKY": either
    char until[32], then[32];
    char line[8];   // of the file
    char says[200]; // words of the feedback; "" where the verdict is or may be PASS
};

// Reads the line, and changes it. False: it is none, or is not whole. *expect must be all zero.
bool expect_read(char *line, struct expect *expect);

#endif
