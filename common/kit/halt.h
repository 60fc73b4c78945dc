// SPDX-License-Identifier: MIT
//
// halt.h: waits for a debugger before the call, where `twofold debug` asks for it.

#ifndef TWOFOLD_HALT_H
#define TWOFOLD_HALT_H

// TWOFOLD_HALT=R,PATH in the environment (R: the number of a rank, or "all"): this rank writes its
// process number to PATH.rank and waits until a debugger sets halt_over to 1. Once in a process; without the
// variable, or on another rank, nothing happens. rank: of MPI_COMM_WORLD.
void halt_for_debugger(int rank);

#endif
