// SPDX-License-Identifier: MIT
//
// prefix.h: where the compiler and the MPI of this machine live outside /usr and /etc: below /opt,
// in a cluster's modules, in a home.

#ifndef TWOFOLD_PREFIX_H
#define TWOFOLD_PREFIX_H

// The directories that hold them, NULL ends; mostly there are none. Looks once (runs `mpicc -show`
// and ldd, about 50 ms) and keeps the list. May be called from several threads.
const char *const *prefix_list(void);

#endif
