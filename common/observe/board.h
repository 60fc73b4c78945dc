// SPDX-License-Identifier: MIT
//
// board.h: what every rank does now, where all can see it.
//
// Theory of operation. `twofold diagnose` makes a file in shared memory, the board, and starts the
// program with build/lib/check.so before its MPI library (LD_PRELOAD). There each MPI_X notes on
// the board what it is about to do and calls PMPI_X. The reader, in the process of diagnose, looks
// at the board a few times a second. Nobody waits for anybody: a rank writes its own slot, and
// whatever others write there is one atomic word.
//
//     seq        odd while the rank is inside a call; the fields of the call hold just then. A rank
//                that is back adds one *before* it notes what came of the call. So what a reader
//                finds while a rank's seq is odd, and the same again after it has looked, is true
//                of one instant: that is what a deadlock is decided from, not a clock
//     threads    the same of each thread, where several may call MPI at once
//     sleeps     where threads wait for each other, outside MPI
//     sent       messages on their way: pushed before the send is called, marked TAKEN by the
//                receiver when its receive is done. What is FLYING may still come
//     due        the last receives, whose messages are not marked yet: to look at what the other rank has
//                just written takes as long as half a message, and for several together little longer
//     asked      receives, sends and collectives that were begun and not completed (requests)
//     comms      communicators: who is in it, how many collectives each member has begun, and what
//                the first one to begin one said of it, to compare the others with
//     windows    of one-sided communication: how long each member's memory is, and in which units
//     epochs     of each window, which locks and exposures this rank has open, and with whom
//     accesses   one-sided accesses that may still meet others: whose memory, which bytes
//     finds      what a rank found wrong by itself, as numbers; the reader makes sentences of them
//
// Where the ranks are on several nodes, the board is a file that all of them see. It is used if it is
// memory that they share as well, which the ranks try out when they begin: it is on the nodes of a
// cluster in a box, and on real ones, over a network file system, it is not. There each rank has a board
// of its own, and the reader makes one of what they tell (apart.h).
//
// All sizes are fixed. What does not fit is not followed, and `lost` says that something was not:
// the reader then accuses nobody of what depends on it. Ranks are ranks in MPI_COMM_WORLD. No
// handle and no constant of an MPI library stands on the board.

#ifndef TWOFOLD_BOARD_H
#define TWOFOLD_BOARD_H

#include <stdatomic.h>
#include <stdint.h>

enum {
    BOARD_MAGIC = 0x54574f42,
    BOARD_VERSION = 9,
    BOARD_RANKS = 256,
    BOARD_SENT = 1024,
    BOARD_DUE = 4,
    BOARD_ASKED = 512,
    BOARD_THREADS = 16,
    BOARD_TASKS = 16,
    BOARD_SLEEPS = 32,
    BOARD_WAITS = 256,
    BOARD_COMMS = 96,
    BOARD_ROUNDS = 32,
    BOARD_FINDS = 48,
    BOARD_WINDOWS = 8,
    BOARD_ACCESSES = 256,
    BOARD_BLOCKS = 8,
    BOARD_MODULES = 6
};

enum { PEER_ANY = -1, PEER_NONE = -2, TAG_ANY = -1 }; // NONE: MPI_PROC_NULL, or the call has none

// What a call can wait for; calls.def says it of each.
enum board_wait {
    PASS,
    RECV,
    SEND,
    BOTH,
    WAITS,
    PROBE,
    POLL,
    ALL,
    ROOT,
    TOROOT,
    NEAR,
    END,
    LOCK,
    START,
    EXPOSED
};
#define CALL(name, wait) CALL_##name,
enum board_call {
#include "calls.def"
    CALLS
};
#undef CALL

enum board_state {
    STATE_NONE,      // has not reached MPI_Init
    STATE_RUNNING,   // between MPI_Init and MPI_Finalize
    STATE_FINALIZED, // MPI_Finalize returned
    STATE_EXITED,    // ended without MPI_Finalize
    STATE_SIGNALLED, // by a signal: crash_signal, crash_pc
    STATE_ABORTED,   // called MPI_Abort
    STATE_ERROR      // MPI ended it: a call was refused (a find says which)
};

// What a rank finds by itself. Its numbers are told beside it.
enum board_rule {
    RULE_NONE,
    RULE_MPI_ERROR,     // n[0]: error class of MPI's, see FAULT_; the call in the slot; other: this
                        // rank, where the call returned the error; else -1
    RULE_COLL_CALL,     // call; other[0] its rank, other[1] its call; pc2 its place; n[0] which
    RULE_COLL_ROOT,     // n[0] my root, n[1] the other's
    RULE_COLL_OP,       // text: my operator; text2: the other's
    RULE_COLL_TYPE,     // n[0] my basic type, n[1] the other's
    RULE_COLL_COUNT,    // n[0] my bytes, n[1] the other's
    RULE_BLOCK_COUNT,   // of a block: n[0] bytes sent, n[1] expected, n[2] I send it; other_call
    RULE_BLOCK_TYPE,    // the same, with basic types
    RULE_TYPE,          // receive: n[0] my basic type, n[1] the sender's
    RULE_TRUNCATED,     // receive: n[0] my bytes, n[1] the sender's
    RULE_REQUEST_LEFT,  // begun and never completed
    RULE_NEVER_STARTED, // persistent, made and never started
    RULE_PERSISTENT,    // persistent, never freed
    RULE_STARTED_TWICE, // started while still active
    RULE_FREED_ACTIVE,  // a receive that was freed before it was completed
    RULE_SEND_CHANGED,  // the buffer of a send was written to before it was complete
    RULE_OVERLAP,       // two pending buffers share bytes; other_call: the other's, n[0] how many
    RULE_TOUCHED,       // a call uses memory that a pending one does; other_call; n[0] how many
                        // bytes, n[1] it writes, n[2] the pending one writes
    RULE_ALIAS,         // one call's own two buffers share bytes: n[0] how many
    RULE_NO_BUFFER,     // a buffered send: n[0] bytes that it needs attached, n[1] that are
    RULE_OUT_OF_SCOPE,  // a pending buffer on the stack whose function has returned; other_call
    RULE_RECEIVE_WRITTEN, // a receive's buffer was written to before the message came
    RULE_LEFT_COMM,       // never freed
    RULE_LEFT_GROUP,
    RULE_LEFT_TYPE,
    RULE_LEFT_OP,
    RULE_LEFT_WIN,
    RULE_LEFT_FILE, // never closed
    RULE_LEFT_INFO,
    RULE_AFTER_END,  // called after MPI_Finalize
    RULE_THREAD,     // called from another thread than the first; n[0] which LEVEL_ was granted
    RULE_CONCURRENT, // while another thread was in other_call at pc2
    RULE_SAME_COMM, // a collective while another thread is in one of the same communicator, at pc2;
                    // n[3] which
    RULE_PROBE_TAKEN,  // receives the message that was probed at pc2 and that another thread has
                       // received, with other_call at n[0]
    RULE_NO_EPOCH,     // an access without one; other: whose window
    RULE_LOCKED_TWICE, // other: whose window; pc2: the first lock
    RULE_NOT_LOCKED,   // unlocked or flushed without a lock; other: whose window
    RULE_EPOCH_ORDER,  // n[0]: which EPOCH_; pc2: where the one that is open was begun
    RULE_EPOCH_OPEN,   // a window freed inside an epoch; pc2: where that was begun
    RULE_BEYOND,       // n[0] first byte, n[1] behind the last, n[2] bytes of the window
    RULE_CONFLICT,     // other_call, other: who; n[0] bytes, n[1] whose window, n[2], n[3] ACCESS_
    RULES
};

enum board_epoch_order { // of RULE_EPOCH_ORDER
    EPOCH_START_TWICE,
    EPOCH_POST_TWICE,
    EPOCH_COMPLETE_ALONE,
    EPOCH_WAIT_ALONE,
    EPOCH_LOCK_ALL_MIXED
};

// What is granted by MPI_Init_thread.
enum board_level { LEVEL_SINGLE, LEVEL_FUNNELED, LEVEL_SERIALIZED, LEVEL_MULTIPLE };

enum board_fault { // of RULE_MPI_ERROR, n[0]
    FAULT_OTHER,
    FAULT_BUFFER,
    FAULT_COUNT,
    FAULT_TYPE,
    FAULT_TAG,
    FAULT_COMM,
    FAULT_RANK,
    FAULT_REQUEST,
    FAULT_ROOT,
    FAULT_GROUP,
    FAULT_OP,
    FAULT_TRUNCATE,
    FAULT_ARG,
    FAULT_EPOCH,
    FAULT_WINDOW
};

struct board_find {
    uint32_t rule, call, other_call;
    int32_t other;    // rank; -1: none
    uint64_t pc, pc2; // where I am; where the other was, or where the thing was made
    uint64_t count;   // how often
    int64_t n[4];
    char text[80], text2[24];
};

// HELD: a matched probe (MPI_Mprobe) took it out of the others' reach, and MPI_Mrecv is to come.
enum { MESSAGE_FREE, MESSAGE_FLYING, MESSAGE_TAKEN, MESSAGE_HELD };

// A line of cache each, so that the sender of the next is not in the way of this one's receiver.
struct board_message {
    _Alignas(64) _Atomic uint32_t state;
    int32_t to, tag;
    uint32_t comm;
    uint32_t basic; // what it consists of (basic type, 0: not known)
    uint32_t call;
    uint64_t bytes, pc;
    uint64_t number; // of this rank's sends, from 0
};

// Where a message stands in the ring: not beside the one before, or the receiver's core, which reads what
// the sender has just written, would fetch what that one is about to write.
static inline uint64_t board_place(uint64_t number) {
    return number * 33 % BOARD_SENT;
}

// A receive that is over, and has not marked its message yet.
struct board_due {
    int32_t from, tag;
    uint32_t comm, basic, call, unused;
    uint64_t bytes, pc, order;
};

struct board_asked {
    _Atomic uint32_t used;
    uint32_t call; // Irecv, Isend, Ibcast ...
    int32_t peer, tag;
    uint32_t comm;
    uint32_t basic;
    uint64_t bytes, pc;
    uint64_t order; // of this rank's receives (posted first, matched first)
    int64_t sent;   // its message in `sent`, by number; -1: none, or not followed
    uint32_t round; // which collective of the communicator, from 1; 0: not followed
    int32_t root;
};

// The blocks of a collective whose blocks differ in size, as one rank gave them.
enum { BLOCK_UNKNOWN = -1 };
struct board_blocks {
    _Atomic uint32_t round; // of comm; 0: is being written
    uint32_t comm, call;
    uint32_t out_basic, in_basic;
    uint64_t pc;
    int64_t out[BOARD_RANKS], in[BOARD_RANKS]; // bytes to and from each rank of comm
};

// What a window's memory is used for, and when that may meet another use.
enum board_use { ACCESS_LOAD, ACCESS_STORE, ACCESS_GET, ACCESS_PUT, ACCESS_ACCUMULATE };
enum board_mode { MODE_NONE, MODE_FENCE, MODE_START, MODE_LOCK, MODE_OWN }; // OWN: by its owner

struct board_access {
    _Atomic uint32_t used;  // 0: free; else its use + 1
    _Atomic uint32_t under; // under way: no flush, unlock or fence has ended it
    uint32_t window, mode, call;
    int32_t target;     // whose memory
    uint32_t basic;     // of an accumulate
    uint32_t exclusive; // under an exclusive lock of the target
    uint64_t phase;     // which fence, or which start for that target
    uint64_t exposure;  // of OWN: which exposure is open; 0: none
    uint64_t low, high; // bytes of the target's window, half-open
    uint64_t pc;
    _Atomic uint64_t released; // ns; from then on others may know that it is over; 0: not yet
};

// One window as one rank uses it. Arrays are by rank in the world.
struct board_epoch {
    uint8_t held[BOARD_RANKS]; // locks: 1 shared, 2 exclusive
    uint16_t started[BOARD_RANKS], posted[BOARD_RANKS], completed[BOARD_RANKS]; // how often
    uint8_t access[BOARD_RANKS], exposure[BOARD_RANKS]; // 1: the epoch that is open names it
};

struct board_module { // a program or library that calls MPI, and where it lies in this process
    uint64_t low, high, bias;
    char path[232];
};

// MPI was granted to several threads at once, so that another one may act while this one waits; several
// do call it, and `threads` says what each does; or they do where they may not, or are more than there
// is room for, and not all is followed.
enum { MANY_GRANTED = 1, MANY_CALL = 2, MANY_FOUND = 3, MANY_BEYOND = 4 };

// Has the rank been in its call for a while? SEEN: the reader watches for how long. It cannot where the
// ranks share no memory; there the rank says it itself.
enum { PATIENCE_SEEN, PATIENCE_NONE, PATIENCE_ENOUGH };

// The call that a rank, or one of its threads, is in.
struct board_at {
#include "at.def"
};

// What a thread does, where MPI was granted to several at once.
enum board_doing {
    THREAD_OUTSIDE, // is in no call of MPI
    THREAD_INSIDE,  // is in one, and what it waits for, if for anything, is not known
    THREAD_WAITS    // is in the one that `at` describes
};
struct board_thread {
    _Atomic uint64_t seq;   // one more at each change: what is said holds while it is the same
    _Atomic uint32_t doing; // enum board_doing
    _Atomic int32_t tid;    // the kernel's number of the thread; 0: free
    struct board_at at;
};

// Where the program's own code waits for another thread.
enum board_sleeps { SLEEP_JOIN, SLEEP_LOCK, SLEEP_CONDITION, SLEEP_BARRIER, SLEEP_SEMAPHORE };
struct board_sleep {
    _Atomic int32_t tid; // 0: free
    uint32_t what;       // SLEEP_
    uint64_t pc;
};

struct board_slot {
    _Atomic uint64_t seq;
    _Atomic uint64_t release; // the seq of a synchronised MPI_Send that may return all the same
    union {                   // the call it is in, field by field and as one
        struct {
#include "at.def"
        };
        struct board_at at;
    };
    _Atomic uint64_t progress; // calls that were no polls, and polls that found something
    _Atomic uint64_t polls;
    // -- the rank: what others look at for each message lies in no line that is written at each call
    _Alignas(64) _Atomic uint32_t state;
    int32_t pid;
    uint32_t elsewhere;    // on another node than the reader
    uint32_t patience;     // PATIENCE_
    _Atomic uint32_t lost; // something did not fit: messages, requests or communicators
    _Atomic uint32_t many; // MANY_: what it waits for may not be all that it does
    uint32_t tasks;        // threads of the process that are MPI's, and the one that began it
    int32_t mpi_tasks[BOARD_TASKS]; // the former, by the kernel's numbers; 0: none
    uint64_t mpi_caught;            // signals for which MPI set a handler, as in /proc
    struct board_thread threads[BOARD_THREADS];
    struct board_sleep sleeps[BOARD_SLEEPS];
    int32_t crash_signal;
    uint64_t crash_pc;
    uint32_t module_count;
    struct board_module modules[BOARD_MODULES];
    _Atomic uint32_t find_count;
    struct board_find finds[BOARD_FINDS];
    _Atomic uint32_t thread_finds;            // 1: is being written; 2: thread_find holds
    struct board_find thread_find;            // of a thread that was not alone, so not in `finds`
    struct board_blocks blocks[BOARD_BLOCKS]; // number of the round modulo BOARD_BLOCKS
    struct board_epoch epochs[BOARD_WINDOWS]; // by place in the board's windows
    _Atomic uint32_t access_top;              // beyond the last access that is used
    struct board_access accesses[BOARD_ACCESSES];
    _Atomic uint32_t due_count;
    struct board_due due[BOARD_DUE];
    _Atomic uint64_t sent_head, sent_tail; // numbers: oldest not yet reused, next
    struct board_message sent[BOARD_SENT]; // board_place(number)
    struct board_asked asked[BOARD_ASKED];
};

// One collective of a communicator, as the first member to begin it gave it.
struct board_round {
    _Atomic uint32_t number; // which, from 1; 0: free, BOARD_FILLING: is being written
    _Atomic uint32_t come;
    uint32_t call, basic;
    int32_t who, root; // in the world; root -1: none
    uint64_t bytes, pc;
    char op[24];
};
enum { BOARD_FILLING = 0x7fffffff };

struct board_comm {
    _Atomic uint32_t id;   // 0: free
    _Atomic uint32_t left; // members that have freed it
    _Atomic uint32_t
        disordered; // several threads of a rank are in its collectives: no order counts
    uint32_t size;
    int32_t maker; // whose place `pc` is
    uint64_t pc;   // where it was made; 0: MPI_COMM_WORLD
    uint16_t members[BOARD_RANKS];
    _Atomic uint32_t begun[BOARD_RANKS]; // collectives, by rank in it
    // ns; when each began its last two, by the lowest bit of their number; 0: not noted.
    _Atomic uint64_t came[2][BOARD_RANKS];
    // By rank in it: a bit for each member whose blocks it receives in a call among neighbours.
    uint64_t near[BOARD_RANKS][BOARD_RANKS / 64];
    struct board_round rounds[BOARD_ROUNDS];
};

struct board_window {
    _Atomic uint32_t id;        // of the communicator that its fences are counted in; 0: free
    _Atomic uint32_t left;      // members that have freed it
    _Atomic uint32_t exclusive; // some lock of it was exclusive
    _Atomic uint32_t blurred;   // some accesses to it are not on the board
    _Atomic uint32_t irregular; // its posts do not name the same ranks each time
    uint32_t unit[BOARD_RANKS]; // by rank in the world
    uint64_t size[BOARD_RANKS];
};

struct board {
    uint32_t magic, version, ranks;
    _Atomic uint32_t lock;    // on comms, while one is added
    _Atomic uint32_t relaxed; // short sends need not be made synchronous any more
    _Atomic uint32_t foreign; // ranks for which there was no slot
    _Atomic uint32_t apart; // the ranks are on nodes that do not share this memory; nobody uses it
    char node[64];          // of the reader
    struct board_comm comms[BOARD_COMMS];
    struct board_window windows[BOARD_WINDOWS];
    struct board_slot slots[];
};

#endif
