// EXPECT file=omp.c check=omp-equal verdict=WRONG|RACE says="to the end of the chain"
// Believed: a message is sent when the flag is up. The next one overwrites it while it is being
// read.

#include "ipc.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct slot {
    _Alignas(128) atomic_int full; // the flag, on a cache line of its own
    const void *bytes;             // where the message lies, and how long it is: to be looked at
    long length;                   // only while the flag is up
};

static void *open_slot(struct ipc *p, int from, int to) {
    (void)p;
    struct slot *const slot = aligned_alloc(128, sizeof *slot);
    if (!slot)
        refuse("There is no memory for the channel from worker %d to worker %d.", from, to);
    else
        *slot = (struct slot){0};
    return slot;
}

static void wait_until(struct slot *slot, int full) {
    // acquire: what the other one stored before the flag is seen by whoever has seen the flag
    for (int turns = 0; atomic_load_explicit(&slot->full, memory_order_acquire) != full;)
        be_patient(&turns);
}

static void send_message(void *channel, const void *bytes, long length) {
    struct slot *const slot = channel;
    slot->bytes = bytes;
    slot->length = length;
    // release: not before the two stores above
    atomic_store_explicit(&slot->full, 1, memory_order_release);
}

static long receive_message(void *channel, void *bytes) {
    struct slot *const slot = channel;
    wait_until(slot, 1);
    const long length = slot->length;
    if (length > 0)
        memcpy(bytes, slot->bytes, (size_t)length);
    atomic_store_explicit(&slot->full, 0, memory_order_release);
    return length;
}

static void end_of(void *channel) {
    send_message(channel, NULL, -1);
}

void ipc_omp(struct ipc *p) {
    static const struct way store = {open_slot, NULL, send_message, receive_message, end_of, free};
    chain_of_threads(p, &store);
}
