// SPDX-License-Identifier: MIT
//
// message.h: what calls of MPI read and write, told to ThreadSanitizer.
//
// Theory of operation. MPI itself is not instrumented, so TSan sees nothing of what it does with a
// buffer. The wrappers (calls_*.c) tell it. A call that is through with its buffer when it returns
// is an access by its thread. One that is not (MPI_Irecv) is an access by a fiber of its own, which
// begins with the call and which only the call that completes the request comes after: so any
// access to the buffer in between, by whichever thread, is one that nothing orders.
//
//     calls_messages.c   messages between two ranks
//     calls_requests.c   the calls that complete requests; persistent.c: those that start them
//     calls_rounds.c     collectives; side.c: what they send and receive
//     calls_windows.c    one-sided calls; window.h: what they do to the memory of others
//
// The order that requests give goes by tokens, one for each value of a handle modulo their number:
// some orders more than there are, never one less. So do messages between the threads of one rank:
// whatever was sent comes before whatever is received later.
//
// MPI is spoken to by its PMPI names, as weak references: the wrappers are linked into programs
// without MPI, too, and are never called there.

#ifndef TWOFOLD_RACE_MESSAGE_H
#define TWOFOLD_RACE_MESSAGE_H

#include <mpi.h>
#include <stdbool.h>
#include <stddef.h>

// A function that may be missing.
#define WEAK(name) extern __typeof__(name) name __attribute__((weak))

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

// Who it is that uses a buffer.
enum user {
    USER_CALL,    // the call itself, until it returns
    USER_MESSAGE, // one on its way
    USER_ROUND,   // a collective that is under way
    USER_ACCESS,  // a one-sided call that has not ended
    USER_RANK,    // one of some rank, of the memory of its target
};

// What a call is given of the memory of its caller: `count` elements of the type.
struct buffer {
    const void *at;
    int count;
    MPI_Datatype type;
    bool written;
    void *caller; // address that the call returns to
};

void buffer_touch(const struct buffer *buffer, enum user user);     // it is used now
void buffer_pend(const struct buffer *buffer, MPI_Request request); // until the request is complete
void request_done(MPI_Request request);                             // it is complete

void memory_touch(const void *at, size_t bytes, bool written, void *caller, enum user user);

// Sees where the data of `count` elements lie, from the begin of their buffer on.
typedef void see_range(MPI_Aint from, size_t bytes, void *user);
void buffer_ranges(int count, MPI_Datatype type, see_range *see, void *user);

// What is touched between these two is used by MPI itself, from now on until the token is acquired.
// The first gives what the second wants.
void *pending_begin(void);
void pending_end(void *begun, char *token);
char *request_token(MPI_Request request);

void message_sent(void);      // what this thread did comes before what receives
void message_received(void);  // what was sent comes before what this thread does
void epoch_sent(void);        // as message_sent, of a call on a window
unsigned messages_seen(void); // so many have been received
void message_told(void);      // what any thread did before it sent a message comes before

// persistent.c. Requests that are made once and started often: what starting one begins.
void persistent_made(MPI_Request request, const struct buffer *buffer);
void persistent_started(MPI_Request request);
void persistent_freed(MPI_Request request);

#endif
