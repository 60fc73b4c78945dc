// SPDX-License-Identifier: MIT
//
// chain.h: between lab.c and chain.c; nothing a student's file needs.

#ifndef IPC_CHAIN_H
#define IPC_CHAIN_H

#include "ipc.h"

// What somebody noted of a message.
#define IMPOSSIBLE UINT64_MAX
struct note {
    uint64_t length; // of it, and 1 more; 0: it never came; IMPOSSIBLE: longer than any
    uint64_t digest; // of its bytes
};

// Lies in memory that all processes share.
struct board {
    double begin, end;  // when the first message was sent, when the last worker was done, s
    long came;          // messages that came to the last worker
    struct note note[]; // [count] of the last worker, then, with echo, [count] of worker 0
};

long board_notes(const struct ipc *p); // how many there are
size_t board_bytes(const struct ipc *p);

// Message number k.
long message_length(const struct ipc *p, long k);
const unsigned char *message_bytes(const struct ipc *p, long k);
enum { MESSAGE_SPREAD = 4096 }; // p->bytes has so many more than the longest message

// Notes what stands there; length < 0: it was said to be longer than any message is.
void board_note(const struct ipc *p, struct note *note, const unsigned char *bytes, long length);

#endif
