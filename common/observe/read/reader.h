// SPDX-License-Identifier: MIT
//
// reader.h: the part of the observer that looks at the board (../board.h) from outside, finds, and
// says what it found.
//
// Theory of operation. The reader makes the board before the program starts and keeps it mapped, so
// that it can be read after the program is gone. While the program runs it looks for a deadlock
// (graph.c); when the program has ended it says what the ranks noted (finds.c), how they ended
// (ends.c), and which messages nobody received (letters.c). An address becomes a line of a file
// with libdwfl, or addr2line where the kit was built without that (places.c).

#ifndef TWOFOLD_READER_H
#define TWOFOLD_READER_H

#include "../board.h"
#include "../evidence.h"
#include <stdbool.h>
#include <stddef.h>

// -- the board (watch.c) -----------------------------------------------------------------------------

struct watch {
    struct board *board;
    size_t size;
    char path[256];
    bool shared;              // on several nodes
    bool apart;               // as if these shared no memory
    struct board *made;       // of the file: the board, unless the ranks share no memory
    struct apart_view *parts; // what they tell then; NULL: they are on one node
};

// Makes a board for so many ranks, in /dev/shm or TMPDIR or /tmp; shared: where they are on several
// nodes, a directory that all of them see, else NULL. False: none can be made; why. (Then `apart` may be set.)
bool watch_open(struct watch *watch, int ranks, const char *shared, char *why, size_t cap);
// What the ranks are to be told of it: two variables, "NAME=value".
enum { WATCH_ENV = 2 };
void watch_env(const struct watch *watch, char env[WATCH_ENV][sizeof watch->path + 32]);
// To be called before each look at the board; last: the program has ended.
void watch_look(struct watch *watch, bool last);
// Of ranks that share no memory: one of which not all was told; -1: none. ended: the program ended by itself.
int watch_silent(const struct watch *watch, bool ended);
void watch_close(struct watch *watch);
const char *board_call_name(uint32_t call); // "MPI_Recv"
enum board_wait board_call_wait(uint32_t call);

// -- places (places.c) -------------------------------------------------------------------------------

struct place {
    char file[128]; // "mpi.c"; "": not known
    int line;       // 0: not known
};

// Where in the source the call at pc (a return address in that rank) stands.
struct place place_find(const struct board_slot *slot, uint64_t pc);
// The same in a process of these modules.
struct place place_in(const struct board_module *modules, uint32_t count, uint64_t pc);
// The name of the variable that this address lies in; untouched where it is not known.
void place_name(const struct board_module *modules, uint32_t count, uint64_t address, char *name,
                size_t cap);
// Writes " at mpi.c:42", or nothing where it is not known.
void place_say(char *text, size_t cap, const struct place *place);

// -- words (say.c) -----------------------------------------------------------------------------------

// Appends to text, as printf writes it.
void add(char *text, size_t cap, const char *format, ...) __attribute__((format(printf, 3, 4)));
// "rank 3", "ranks 0 and 1", "ranks 0, 1, 2 and 5 more".
void say_ranks(char *text, size_t cap, const int *ranks, int count);
// Fills in the file and line of the evidence.
void evidence_place(struct evidence *evidence, const struct place *place);

// Where each rank was seen last: "rank 0 was in MPI_Recv at mpi.c:42; rank 1 was outside MPI".
void ranks_say(const struct watch *watch, char *text, size_t cap);

// -- what is found -----------------------------------------------------------------------------------

void ends_find(const struct watch *watch, struct findings *findings);
// hung: the program was ended because it hangs; what explains that is of kind deadlock.
void finds_find(const struct watch *watch, bool hung, struct findings *findings);
void letters_find(const struct watch *watch, struct findings *findings);

#endif
