// SPDX-License-Identifier: MIT
//
// windows.h: one-sided communication; the part of checker.h that few files share.
//
// Theory of operation. A window is known by a communicator of its own, in which its fences are
// counted (comms.c), and has a place on the board. Each access is checked when it is called: is an
// epoch open for it (windows.c), does it stay within the other's memory, and does another access
// reach the same bytes with nothing that says which comes first (accesses.c)? Two accesses are
// ordered by what stands between them: another fence, another exposure of the target; under locks,
// a call of the first rank after its access was over (released) that came before the last call in
// which the second rank may have heard of it (self.acquired). That calls ran in some order by luck
// orders nothing. Where it cannot be told, nobody is accused.

#ifndef TWOFOLD_WINDOWS_H
#define TWOFOLD_WINDOWS_H

#include "checker.h"

struct window {
    uint64_t key; // KEY(handle); 0: free
    struct comm *comm;
    struct board_window *shown; // NULL: not on the board, so not looked at
    struct board_epoch *epoch;  // what this rank has open
    const char *base;           // its own memory
    uint64_t size;              // bytes
    bool shared;                // others reach it with plain loads and stores, too
    bool fenced, started, posted, locked_all;
    uint32_t fences, posts;
    uint64_t group;                             // the ranks that its posts name, as a number
    uint64_t begun_pc, posted_pc, fence_access; // where; 0: nowhere
    uint64_t lock_pc[BOARD_RANKS];              // by rank in the world
    // -- stores.c
    char *before; // its memory as it was, and room for as much; NULL: it is not looked at
    bool copied;  // before holds
};

// -- windows.c: windows and their epochs ---------------------------------------------------------------

enum { WINDOW_DYNAMIC = 1, WINDOW_SHARED = 2 };
void window_made(MPI_Win win, MPI_Comm comm, const void *base, MPI_Aint size, int unit, int kind,
                 uint64_t pc);
void window_freed(MPI_Win win);
// NULL: it is not followed.
struct window *window_of(MPI_Win win);
// The same, if it is looked at.
struct window *window_shown(MPI_Win win);
// The world's rank of a rank in it; -1: there is none.
int window_target(const struct window *w, int rank);
// In which epoch an access to that rank of the world is; without one this rank is told so.
enum board_mode window_mode(struct window *w, int target, enum board_call call, uint64_t pc);
// Calls that begin and end epochs. Those that wait are to be noted before, see call_enter.
void window_fence_begins(struct window *w);
void window_fenced(struct window *w, int assert);
void window_lock(struct window *w, int target, bool exclusive, uint64_t pc);
void window_locked(struct window *w, int target, bool exclusive, uint64_t pc);
void window_unlock(struct window *w, int target, uint64_t pc);
void window_unlocked(struct window *w, int target);
void window_flush(const struct window *w, int target, uint64_t pc);
void window_start(struct window *w, MPI_Group group, uint64_t pc);
void window_complete(struct window *w, uint64_t pc);
void window_completed(struct window *w);
void window_post(struct window *w, MPI_Group group, uint64_t pc);
void window_wait(struct window *w, uint64_t pc);
void window_waited(struct window *w);
// It is about to be freed: is an epoch still open?
void window_ends(const struct window *w, uint64_t pc);
// The window whose own memory these bytes are in; NULL: none. *low: the first of them in it.
struct window *window_at(const char *at, uint64_t bytes, uint64_t *low);

// Does another window lie in the same memory?
bool window_beside(const struct window *w);

// -- stores.c ------------------------------------------------------------------------------------------

// From now on others may reach this rank's memory; until now they might: what the program's own code
// has written meanwhile is noted as an access, of the slot's call.
void stores_from(struct window *w);
void stores_until(struct window *w);
void stores_end(struct window *w);

// -- accesses.c ------------------------------------------------------------------------------------------

// Notes a use of these bytes of target's window by the slot's call, and compares it with others.
void access_note(const struct window *w, enum board_use use, enum board_mode mode, int target,
                 uint64_t low, uint64_t high, uint32_t basic, bool request);
// Accesses of that window to that target (-1: to any) are over. gets_only: what was read has come,
// of the others nothing is known.
void accesses_over(const struct window *w, int target, bool gets_only);
// All are, and every rank knows it.
void accesses_forget(const struct window *w);

#endif
