// SPDX-License-Identifier: MIT
//
// ipc.h: the contract of lab 05: messages that go from hand to hand along a chain of workers.
//
//     worker 0  ------>  worker 1  ------>  worker 2      Worker 0 has `count` messages. Each goes
//        \_____________/  \_____________/                 down the chain; the last worker notes what
//            a channel        another one                 came. With echo=1 it sends it back, over
//                                                         channels the other way, and worker 0 waits
//                                                         for it before it sends the next one.
//
// What the workers do is given (chain.c). How a message gets from one worker to the next is yours:
// a store and a flag between threads, a message of MPI between ranks; and between processes of one
// machine a pipe, a message queue, or memory that both see. Each is a `way`: five small functions.

#ifndef IPC_H
#define IPC_H

#include "kit.h"

struct message; // what worker 0 sends, and what the last one noted; lab.c's
struct board;   // what all workers of a chain see: chain.c's

struct ipc {
    long count; // messages; may be 0
    long size;  // of the longest, bytes; may be 0
    bool mixed; // they have all lengths from 0 to size; else each has size bytes
    bool echo;
    bool all;             // every byte is looked at when a message is noted; else the ends
    uint64_t seed;        // what is in them
    unsigned char *bytes; // all messages are parts of this
    struct board *board;
    MPI_Comm comm; // of ipc_mpi(); MPI_COMM_NULL else
};

enum use { SENDS, RECEIVES, NEITHER };

// A channel leads one way, from worker `from` to worker `to`, which is its neighbour. Whatever a
// channel is, a pointer of yours points to it.
struct way {
    // Makes a channel, before there are workers (ranks: in each rank, for each channel). NULL: it
    // cannot be made, and refuse() has said why.
    void *(*open)(struct ipc *p, int from, int to);

    // A process calls it for every channel, before anything is sent, and says what it will do with
    // it: here it can give back what it does not use. NULL where there is nothing to be done.
    void (*keep)(void *channel, enum use use);

    // Sends a message of `length` bytes, 0 <= length <= p->size. When it returns, bytes may change.
    void (*send)(void *channel, const void *bytes, long length);

    // Waits for the next message and puts it into bytes, which has room for p->size. Returns its
    // length, -1 when nothing more comes.
    long (*receive)(void *channel, void *bytes);

    // Called by the sender after its last message, once.
    void (*end)(void *channel);

    // When all workers are done, by whoever opened it. NULL where there is nothing to be done.
    void (*close)(void *channel);
};

// Yours. Each hands its way to one of the three functions below, which do the rest.
void ipc_omp(struct ipc *p);                // threads: a store and a flag, omp.c
void ipc_pipe(struct ipc *p, int workers);  // processes: pipes, pipe.c
void ipc_queue(struct ipc *p, int workers); // processes: POSIX message queues, queue.c
void ipc_shm(struct ipc *p, int workers);   // processes: a ring in memory they share, shm.c
void ipc_mpi(struct ipc *p, MPI_Comm comm); // ranks: MPI, mpi.c. Every rank of comm calls it

// Given: the same over Unix sockets, sock.c; and one worker, who sends to nobody, serial.c.
void ipc_sock(struct ipc *p, int workers);
void ipc_serial(struct ipc *p);

// -- given, chain.c ------------------------------------------------------------------------------

// Open the channels, start the workers, and wait until all are done: threads of a team, processes by
// fork(), and the ranks of comm, all of which call it. p->comm is set before a channel is opened.
void chain_of_threads(struct ipc *p, const struct way *way);
void chain_of_processes(struct ipc *p, int workers, const struct way *way);
void chain_of_ranks(struct ipc *p, MPI_Comm comm, const struct way *way);

// Memory that all processes see which are forked after this: `bytes` of it, all 0. NULL: there is
// none, and refuse() has said so. Given back with unshare_memory().
void *share_memory(size_t bytes);
void unshare_memory(void *memory, size_t bytes);

// A moment's patience, in a loop that waits for another worker to store something: costs next to
// nothing at first, and lets others use the core if it takes longer. *turns is 0 before the loop.
void be_patient(int *turns);

// For what must not fail: prints what the call was about and why it failed, and ends the process.
void no_way(const char *call) __attribute__((noreturn));

#endif
