// SPDX-License-Identifier: MIT
//
// probes.c: what the probes of several threads found. MPI_Probe leaves a message where it is: if two
// threads are told of the same one, one of them receives it, and the other waits for what may never
// come, or receives another message than it was told of. Only that is told, and only where it
// happened: a thread may well be told of a message and leave it to others.

#include "threads.h"

static bool is_of(const struct probed *p, const struct board_message *message) {
    return p->message == message && p->number == message->number;
}

static void tell(struct probed *p) {
    struct board_find *const find = find_add(RULE_PROBE_TAKEN, p->asks_pc, p->pc);
    if (find) {
        find->call = p->asks_call;
        find->other_call = p->taken_call;
        find->n[0] = (int64_t)p->taken_pc;
    }
    p->message = NULL;
}

void thread_probed(const struct board_message *message, int from) {
    struct thread *const own = thread_self();
    if (own)
        own->probed = (struct probed){
            .message = message, .number = message->number, .from = from, .pc = self.slot->pc};
}

void thread_asks(const struct board_asked *asked) {
    struct thread *const own = thread_self();
    struct probed *const p = own ? &own->probed : NULL;
    if (!p || !p->message || p->message->number != p->number || p->message->comm != asked->comm ||
        (asked->tag != TAG_ANY && asked->tag != p->message->tag) ||
        (asked->peer != PEER_ANY && asked->peer != p->from))
        return;
    p->asks = true;
    p->asks_call = asked->call;
    p->asks_pc = asked->pc;
    if (p->taken)
        tell(p);
}

void thread_took(const struct board_message *message) {
    struct thread *const own = thread_self();
    const bool told = own && is_of(&own->probed, message);
    if (own)
        own->probed.message = NULL;
    for (struct thread *t = threads; told && t; t = t->next) {
        struct probed *const p = &t->probed;
        if (!is_of(p, message))
            continue;
        p->taken = true;
        p->taken_call = self.slot->call;
        p->taken_pc = self.slot->pc;
        if (p->asks)
            tell(p);
    }
}
