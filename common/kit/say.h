// SPDX-License-Identifier: MIT
// say.h: the kit's own side of say.c; what labs call stands in kit.h.

#ifndef TWOFOLD_SAY_H
#define TWOFOLD_SAY_H

#include <mpi.h>
#include <stdbool.h>
#include <stddef.h>

void set_speaker(bool speaks); // false on ranks other than 0
void words_clear(void);        // forgets refusal and todo: a new case begins
const char *refusal(void);     // the first sentence given to refuse(), or NULL
bool todo_reached(void);

// Every rank of comm calls these (MPI_COMM_NULL: this process alone). They make one mind of many:
// afterwards all ranks hold the refusal of the lowest rank that had one, and know whether any
// rank reached a todo(). Return whether there is one.
bool refusal_agree(MPI_Comm comm);
bool todo_agree(MPI_Comm comm);

// The sentence for a starter that is not written yet.
void todo_sentence(char *text, size_t cap);

#endif
