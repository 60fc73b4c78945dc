// SPDX-License-Identifier: MIT
//
// checker.h: the inside of build/lib/check.so, the part of the observer that lives in the program.
//
// Theory of operation. Each MPI_X that matters has a wrapper (calls_*.c) of the same shape: note
// on the board what the call is about to do (call_enter), call PMPI_X, say that it is over
// (call_leave), then note what came of it. What a call needs to be known by (communicators,
// datatypes, requests) is kept in tables of this process, keyed by MPI's handles.
//
// The checker never changes what a program computes. Without a board (none was made, it cannot be
// opened, it is another version's, too many ranks) every wrapper is just the call. What does not
// fit into a table is not followed, and the board says so (lost).
//
//     rank.c      the board, this rank's slot, entering and leaving, findings
//     threads.c   one thread at a time, or several that share the tables
//     sleeps.c    where they wait for each other, outside MPI
//     probes.c    what the probes of several threads found
//     life.c      MPI_Init to MPI_Finalize, signals, errors, exit
//     comms.c     communicators and how they are known to all their members
//     types.c     what a datatype consists of
//     messages.c  messages on their way
//     apart.c     ranks that share no memory: each tells of itself in a file
//     requests.c  requests
//     buffers.c   memory that MPI uses meanwhile
//     rounds.c    collectives compared
//     blocks.c    those whose blocks differ in size
//     windows.c   one-sided communication: epochs
//     accesses.c  and who reaches which bytes
//     stores.c    also the window's owner, with its own code
//     handles.c   what is made and must be freed
//     traced.c    what a trace is to show of it

#ifndef TWOFOLD_CHECKER_H
#define TWOFOLD_CHECKER_H

#include "../board.h"
#include "../differ.h"
#include "../trace/trace.h"
// Calls of MPI are what the program is to find here; mpi.h of MPICH leaves that to whoever includes it.
#pragma GCC visibility push(default)
#include <mpi.h>
#pragma GCC visibility pop
#include <stdbool.h>
#include <stddef.h>

// -- this rank (rank.c) ------------------------------------------------------------------------------

struct comm;

struct self {
    struct board *board;
    struct board_slot *slot;  // NULL: nothing is noted
    int rank, size;           // in MPI_COMM_WORLD
    bool apart;               // the board is this rank's own: there is none to share
    int due;                  // receives that are over, and whose messages are not marked yet
    uint64_t order;           // receives posted so far
    struct trace_file *trace; // NULL: nothing is traced
    struct trace_event *call; // the call it is in, as traced; NULL: none
    // -- threads (threads.c)
    bool alone;               // one thread at a time is let in
    bool several;             // more than one has come, as they may
    bool confused;            // some call was not followed, so nothing is known to be left
    enum board_level level;   // granted
    uintptr_t first;          // the thread that began MPI
    _Atomic uintptr_t inside; // the thread that is in a wrapper; 0: none
    uint32_t inside_call;
    uint64_t inside_pc;
    // -- buffers (buffers.c)
    uintptr_t frame;  // where the caller's part of the stack ends
    uintptr_t lowest; // end of the lowest buffer on the stack that MPI uses; else UINTPTR_MAX
    int lent;         // beyond the last buffer that MPI uses
    // -- one-sided communication (windows.h)
    int windows;            // that are looked at
    bool unreleased;        // some accesses are not marked as released
    bool fetched;           // something was read from another's window since the last flush
    const struct comm *met; // whose members this call, a collective, hears of; NULL: not known
    uint64_t acquired;      // ns; what others did until then it may have heard of
};
extern struct self self;

// Where the wrapper that uses this was called from. Below `frame` nothing of the caller's stack is.
#define HERE called_from(__builtin_return_address(0), __builtin_frame_address(0))
static inline uint64_t called_from(const void *pc, const void *frame) {
    self.frame = (uintptr_t)frame + 2 * sizeof(void *);
    return (uint64_t)(uintptr_t)pc;
}

// Opens the board, after PMPI_Init; leaves self.slot NULL where it cannot.
void rank_attach(void);
// Begins to note a call. False: nothing is to be noted. Then the call's own fields are to be
// filled in, and call_waits() says that they hold.
bool call_enter(enum board_call call, uint64_t pc);
// A call that waits for nothing: noted for the case that MPI refuses it.
void call_note(enum board_call call, uint64_t pc);
// Fills in the communicator and the other side. False: the communicator is not followed, so what
// the call waits for cannot be told.
bool call_peer(const struct comm *comm, int peer, int tag);
// A question (MPI_Test, MPI_Iprobe) was answered with yes or no.
void call_polled(bool yes);
// Right before PMPI_X, if it may wait: where several threads may call, the others are let in meanwhile.
// known: what it waits for is in the slot.
void call_waits(bool known);
// Right after it returned.
void call_waited(bool known);
// Is this address in the program itself, or in a library of its own?
bool rank_has(uint64_t pc);
// MPI refused the slot's call with this error, which ends the program.
void rank_refused(int code);
// What this rank did to others' windows is over, and others may know from now on (accesses.c).
void accesses_released(void);
// A find of this call. One more of the same rule at the same place is counted, and NULL returned;
// so is one for which there is no room.
struct board_find *find_add(enum board_rule rule, uint64_t pc, uint64_t pc2);

// -- threads (threads.c) -------------------------------------------------------------------------------

// Every wrapper begins with this: it lets one thread in at a time. One that comes while another is
// inside is told so where MPI does not allow it, and its call is just the call.
#define ENTER(name, call) \
    __attribute__((cleanup(thread_leaves))) const bool entered = \
        self.alone && thread_enters(CALL_##name, (uintptr_t)__builtin_return_address(0)); \
    if (!entered) \
    return call

void threads_begin(void);
bool thread_enters(enum board_call call, uint64_t pc);
void thread_left(void);
static inline void thread_leaves(const bool *entered) {
    if (*entered)
        thread_left();
}
// At MPI_THREAD_MULTIPLE: this thread is about to wait in MPI, and others are let in; it is back.
// known: the slot says what it waits for.
void thread_lets_in(bool known);
bool thread_is_back(void); // false: it was here
// The same for one that calls nothing of MPI (apart.c), so that none of the program's changes anything here.
void threads_keep_out(void);
void threads_let_in(void);
// Tells of another thread that is in a collective of this communicator, which the slot's call is of.
void thread_meets(struct comm *comm);

// (probes.c) A probe of this thread found a message of that rank; it is about to ask for it; this one
// was received.
void thread_probed(const struct board_message *message, int from);
void thread_asks(const struct board_asked *asked);
void thread_took(const struct board_message *message);

// -- a trace (traced.c); each only where self.trace is there -------------------------------------------

// Says which rank this is, and by how much its clock is ahead. All ranks call it together.
void trace_rank(void);
// The call that the slot describes begins.
void trace_call(void);
// This message was sent; a message of that rank was received.
void trace_sent(const struct board_message *message);
void trace_taken(int from, const struct board_message *message);

// -- ranks that share no memory (apart.c) --------------------------------------------------------------

// Can each rank write an account of itself, beside the board's file? All call this.
bool apart_open(const char *board);
// From now on it does, now and then, where it can.
void apart_begin(void);
// Does so now: the rank ends.
void apart_tell(void);
// A message was pushed; failed: and not sent after all. A receive took one of that rank.
void apart_sent(const struct board_message *message, bool failed);
void apart_taken(const struct board_asked *asked, int from, int tag);

// -- communicators (comms.c) --------------------------------------------------------------------------

struct comm {
    MPI_Comm handle;
    uint32_t id;              // the same on all its members
    int rank, size;           // in it
    bool inter;               // between two groups: what follows is about the other one
    int *world;               // of each rank in it, the one in MPI_COMM_WORLD
    uint32_t round;           // collectives that this rank has begun
    uint32_t made;            // communicators that were made of it
    uint64_t pc;              // where it was made
    struct board_comm *shown; // NULL: there was no room on the board
};

// The board's table of communicators and of windows is one rank's at a time. False: its owner died.
bool board_lock(void);
void board_unlock(void);
void comms_begin(void);
// NULL: a communicator that is not followed (made in a way that is not).
struct comm *comm_to(MPI_Comm handle);
// The same of one group: between two, messages are followed and collectives are not.
struct comm *comm_of(MPI_Comm handle);
// A communicator that all of parent have just made (or those of them that became its members).
void comm_made(struct comm *parent, MPI_Comm handle, uint64_t pc);
// One between two groups.
void comm_made_between(MPI_Comm handle, uint64_t pc);
void comm_forget(MPI_Comm handle);
// A window has collectives of its own, among the members of the communicator that it was made of.
// NULL: it is not followed.
struct comm *comm_of_window(struct comm *parent, uint64_t pc);
void comm_window_free(struct comm *comm);
// The world's rank of a rank in comm: PEER_ANY for MPI_ANY_SOURCE, PEER_NONE for MPI_PROC_NULL or
// one that does not exist.
int comm_world(const struct comm *comm, int rank);
// Those that were never freed.
void comms_left(void);

// -- datatypes (types.c) -------------------------------------------------------------------------------

struct type {
    MPI_Datatype handle;
    uint32_t basic; // what it consists of: class * 256 + name, see ../basics.def; 0: not known
    int size;       // bytes
    bool plain;     // without gaps, also between one and the next
    int64_t low, high, extent; // bytes: where the first and last lie, and from one to the next
};

// Never NULL; of a wrong handle nothing is known.
const struct type *type_of(MPI_Datatype handle);
void type_forget(MPI_Datatype handle);

// -- messages on their way (messages.c) -----------------------------------------------------------------

// A message that is about to be sent. Returns its number, -1: it is not followed.
int64_t message_push(enum board_call call, const struct comm *comm, int to, int tag, int count,
                     MPI_Datatype type, uint64_t pc);
int64_t message_started(const struct board_asked *asked); // a persistent send is started
// The slot's call as a request or receive of so many items.
void asked_of_slot(struct board_asked *asked, int count, MPI_Datatype type);
// That one was not sent after all: MPI refused the call.
void message_failed(int64_t number);
// A receive, described as on the board, was met by a message of rank `from` (of the world); compares
// the two.
void message_taken(const struct board_asked *asked, int from, int tag);
// The same, but it is looked at together with the next ones, before any call but a send or receive.
void message_taken_later(const struct board_asked *asked, int from, int tag);
void messages_settle_now(void);
static inline void messages_settle(int least) {
    if (self.due >= least)
        messages_settle_now();
}
// A probe found such a message, and left it there.
void message_probed(const struct board_asked *asked, int from, int tag);
// A matched probe took such a message, and gave it this handle; a receive by the handle takes it.
void message_held(const struct board_asked *asked, int from, int tag, uint64_t handle);
void message_received(const struct board_asked *asked, uint64_t handle);

// -- memory that MPI uses meanwhile (buffers.c) -----------------------------------------------------------

struct buffer {
    const char *at;
    uint64_t bytes;
    bool written;   // by MPI
    uint32_t call;  // that uses it
    uint64_t pc;    // where
    uint64_t key;   // of the window; 0: a request's
    int32_t target; // whose window
};

// MPI uses it from now on; looks whether it meets another. Returns its place; -1: no more room.
int buffer_lend(const struct buffer *buffer);
// It is the program's again, by the slot's call. sure: it was that one; then it is looked whether
// the program wrote to it.
void buffer_back(int place, bool sure);
// The slot's call uses these itself; it, or nobody, is told if MPI uses them, too.
void buffer_touch_now(const void *at, int count, MPI_Datatype type, bool written);
static inline void buffer_touch(const void *at, int count, MPI_Datatype type, bool written) {
    if (self.lent || self.windows)
        buffer_touch_now(at, count, type, written);
}
// The slot's call reads from out and writes to in: do they share bytes? MPI_IN_PLACE and NULL are none.
void buffers_apart(const void *out, int n, MPI_Datatype type, const void *in, int inn,
                   MPI_Datatype intype);
// A buffer of a pending receive, at the beginning of a wait for it: was it written to?
void buffer_still(int place, MPI_Request request);
// Tells of those on the stack whose functions have returned.
void buffers_out_of_scope(void);
// This one, of a request, is also that of a window's accesses.
void buffer_of_window(int place, uint64_t key, int target);
// Those of a window, to that target (-1: to any).
void buffers_back(uint64_t key, int target);

// -- requests (requests.c) --------------------------------------------------------------------------------

// *where has just been made by a call. asked is copied onto the board. buf: where its data lie, if
// they lie without gaps; NULL: that is not looked at.
void request_add(const MPI_Request *where, MPI_Comm comm, const struct board_asked *asked,
                 const void *buf, bool persistent);
// One more buffer of the request that was added last; written: by MPI.
void request_buffer(const void *at, int count, MPI_Datatype type, bool written);
// The request that was added last is of that window and target: its end is also that of their accesses.
void request_of_window(uint64_t key, int target);
void request_started(const MPI_Request *where);
// The requests that the slot's call waits for. any: the first of them is enough.
void requests_wait(int count, const MPI_Request requests[], bool any);
// A request is complete: `handle` is what it was before the call, status what came of it.
void request_done(MPI_Request handle, const MPI_Request *where, const MPI_Status *status);
void request_freed(MPI_Request handle, const MPI_Request *where);
// How many pending receives, posted before `order`, take such a message before it is another's
// turn; -1: that cannot be told, since one of them takes any.
int requests_before(uint64_t order, int from, int tag, uint32_t comm);
// Those that were never completed, freed or started.
void requests_left(void);

// -- collectives (rounds.c) ---------------------------------------------------------------------------------

// What one rank says of a collective.
struct round {
    int root;      // in comm; -1: none
    int64_t bytes; // what is to be the same on all; -1: that is not to be compared
    uint32_t basic;
    MPI_Op op; // MPI_OP_NULL: none
};
// Begins one: gives it its number in the slot, compares it with what others said. False: nothing
// is noted.
bool round_enter(enum board_call call, MPI_Comm comm, const struct round *round, uint64_t pc);
// The same in a communicator that has no handle.
bool round_enter_in(enum board_call call, struct comm *comm, const struct round *round,
                    uint64_t pc);
// When the last of those that have come to collective `number` of comm came, in ns; where that is
// not known, now.
uint64_t round_came(const struct comm *comm, uint32_t number, uint64_t now);
// As a request: fills in asked.
void round_asked(struct board_asked *asked);

// -- blocks of different sizes (blocks.c) -------------------------------------------------------------------

// What one rank says of the blocks that it sends and receives. Ranks are those of the communicator.
enum { BLOCKS_ALL = -1, BLOCKS_NONE = -2 };
struct blocks {
    int to, from;                             // one rank, all or none (or that is not known)
    const int *out, *in;                      // items to and from each; NULL: the same for each:
    int out_each, in_each;                    // so many
    MPI_Datatype out_type, in_type;           // of all, or
    const MPI_Datatype *out_types, *in_types; // of each; NULL: out_type, in_type
};
// The slot's call, a round of that communicator: compared with what the other ranks say of it.
void blocks_tell(const struct comm *comm, const struct blocks *blocks);

#endif
