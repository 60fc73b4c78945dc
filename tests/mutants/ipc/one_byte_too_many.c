// EXPECT file=shm.c check=shm-long verdict=WRONG|CRASH says="The smallest case found that fails: shm"
// Believed: a ring of CAPACITY bytes has room for one more than there are. The oldest byte is
// overwritten. Where that byte is of a length, what is received is longer than its buffer.

#include "ipc.h"

#include <stdatomic.h>
#include <string.h>

enum { CAPACITY = 65536 };

struct ring {
    _Alignas(128) atomic_ulong in;      // bytes that were ever put in: the sender's
    _Alignas(128) atomic_ulong out;     // and taken out: the receiver's
    _Alignas(128) char bytes[CAPACITY]; // number i lies at i % CAPACITY
};

static void *open_ring(struct ipc *p, int from, int to) {
    (void)p, (void)from, (void)to;
    return share_memory(sizeof(struct ring));
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static void put(struct ring *ring, const char *bytes, size_t length) {
    unsigned long in = atomic_load_explicit(&ring->in, memory_order_relaxed); // mine
    for (int turns = 0; length > 0;) {
        // acquire: what is free now was copied out before
        const size_t room =
            CAPACITY + 1 - (in - atomic_load_explicit(&ring->out, memory_order_acquire));
        const size_t some = least(least(room, length), CAPACITY - in % CAPACITY);
        if (some == 0) {
            be_patient(&turns);
            continue;
        }
        memcpy(ring->bytes + in % CAPACITY, bytes, some);
        in += some;
        bytes += some;
        length -= some;
        // release: the bytes come first
        atomic_store_explicit(&ring->in, in, memory_order_release);
        turns = 0;
    }
}

static void take(struct ring *ring, char *bytes, size_t length) {
    unsigned long out = atomic_load_explicit(&ring->out, memory_order_relaxed); // mine
    for (int turns = 0; length > 0;) {
        const size_t there = atomic_load_explicit(&ring->in, memory_order_acquire) - out;
        const size_t some = least(least(there, length), CAPACITY - out % CAPACITY);
        if (some == 0) {
            be_patient(&turns);
            continue;
        }
        memcpy(bytes, ring->bytes + out % CAPACITY, some);
        out += some;
        bytes += some;
        length -= some;
        atomic_store_explicit(&ring->out, out, memory_order_release);
        turns = 0;
    }
}

static void send_message(void *channel, const void *bytes, long length) {
    put(channel, (const char *)&length, sizeof length);
    put(channel, bytes, (size_t)length);
}

static long receive_message(void *channel, void *bytes) {
    long length;
    take(channel, (char *)&length, sizeof length);
    if (length > 0)
        take(channel, bytes, (size_t)length);
    return length;
}

static void end_of(void *channel) {
    const long none = -1;
    put(channel, (const char *)&none, sizeof none);
}

static void close_ring(void *channel) {
    unshare_memory(channel, sizeof(struct ring));
}

void ipc_shm(struct ipc *p, int workers) {
    static const struct way rings = {open_ring,       NULL,   send_message,
                                     receive_message, end_of, close_ring};
    chain_of_processes(p, workers, &rings);
}
