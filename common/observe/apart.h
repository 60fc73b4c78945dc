// SPDX-License-Identifier: MIT
//
// apart.h: what a rank tells of itself where the ranks share no memory, on the nodes of a real cluster.
//
// Theory of operation. Each rank then has a board of its own, and writes of it what is its own to a file
// in a directory that all nodes see, about ten times a second if there is news, and when it ends. The
// reader puts the files together to one board (read/apart.c), and looks at that as at any other. Messages
// are matched by number: those of one rank to another with one tag and communicator come in order, so it
// is enough to know of each kind how many were sent, and how many have been received (tallies).
//
// That the files are not of one instant does no harm. Say that all of them show their ranks waiting for
// each other, and that one of them has gone on since. The first that did was let go by what another had
// done before that one's own account, so it would stand there, and the rank would not count as waiting.
//
// A file is an account as a whole or it is not looked at: what it begins with says how long it is, and
// has the sum of it.

#ifndef TWOFOLD_APART_H
#define TWOFOLD_APART_H

#include "board.h"
#include <stddef.h>

enum { APART_MAGIC = 0x54574150, APART_TALLIES = 1024, APART_PIECE = 256 };

struct apart_tally { // messages with one other rank, tag and communicator
    uint64_t count;
    int32_t peer, tag;
    uint32_t comm;
    uint16_t used, mixed;
};

struct apart_taken { // a message that this rank received
    int32_t from, tag;
    uint32_t comm, basic, call, unused;
    uint64_t bytes, pc;
    uint64_t nth; // of its kind, from 1; 0: that is not sure
};

struct apart {
    uint32_t world;   // ranks of the program
    uint32_t patient; // has been in its call for a while, or asks again and again
    uint64_t taken_count;
    struct apart_tally sent[APART_TALLIES], taken[APART_TALLIES];
    uint64_t nth[BOARD_SENT];               // of the messages sent: which of its kind, from 1
    struct apart_taken letters[BOARD_SENT]; // received: number modulo BOARD_SENT
};

// What a file is about; it has the pieces that are not all zero.
struct apart_account {
    struct board_slot slot;
    struct board_comm comms[BOARD_COMMS];
    struct board_window windows[BOARD_WINDOWS];
    struct apart apart;
};

struct apart_head {
    uint32_t magic, version;
    uint64_t bytes; // that follow: pieces, each struct apart_piece and so many bytes
    uint64_t sum;
};

struct apart_piece {
    uint32_t at, bytes; // in the account
};

static inline uint64_t apart_sum(const unsigned char *at, uint64_t bytes) {
    uint64_t sum = 0xcbf29ce484222325U;
    for (uint64_t i = 0; i < bytes; i++)
        sum = (sum ^ at[i]) * 0x100000001b3U;
    return sum;
}

// The tally of that kind; NULL: there is none, and no room for one.
static inline struct apart_tally *apart_tally(struct apart_tally *tallies, int32_t peer,
                                              int32_t tag, uint32_t comm) {
    uint32_t place = ((uint32_t)peer * 31 + (uint32_t)tag) * 0x9e3779b1U ^ comm;
    for (uint32_t i = 0; i < APART_TALLIES; i++, place++) {
        struct apart_tally *const t = &tallies[place % APART_TALLIES];
        if (!t->used) {
            *t = (struct apart_tally){.peer = peer, .tag = tag, .comm = comm, .used = 1};
            return t;
        }
        if (t->peer == peer && t->tag == tag && t->comm == comm)
            return t;
    }
    return NULL;
}

#endif
