// SPDX-License-Identifier: MIT
//
// messages.c: the messages on their way. MPI keeps the order of messages between two ranks with
// one tag and communicator, so the one that is received is the first of that kind still flying.

#include "checker.h"

// Moves the head beyond what was received. That is seldom done, for it reads what others wrote.
static void drop_taken(struct board_slot *slot, uint64_t tail) {
    uint64_t head = atomic_load_explicit(&slot->sent_head, memory_order_relaxed);
    while (head < tail && atomic_load_explicit(&slot->sent[board_place(head)].state,
                                               memory_order_acquire) == MESSAGE_TAKEN)
        head++;
    atomic_store_explicit(&slot->sent_head, head, memory_order_release);
}

// A message leaves; of what it is, `number` and `state` are set here. Returns its number; -1: it
// could not be followed.
static int64_t push(const struct board_message *sent) {
    struct board_slot *const slot = self.slot;
    if (sent->to < 0)
        return -1;
    const uint64_t tail = atomic_load_explicit(&slot->sent_tail, memory_order_relaxed);
    if (tail - atomic_load_explicit(&slot->sent_head, memory_order_relaxed) >= BOARD_SENT - 1)
        drop_taken(slot, tail);
    if (self.apart && tail - atomic_load(&slot->sent_head) == BOARD_SENT)
        atomic_fetch_add(&slot->sent_head, 1); // it still counts (apart.c)
    if (tail - atomic_load_explicit(&slot->sent_head, memory_order_relaxed) == BOARD_SENT) {
        atomic_store(&slot->lost, 1);
        return -1;
    }
    struct board_message *const m = &slot->sent[board_place(tail)];
    // The receiver had the next one last: by then it is here.
    __builtin_prefetch(&slot->sent[board_place(tail + 2)], 1);
    atomic_store_explicit(&m->state, MESSAGE_FREE, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    m->to = sent->to;
    m->tag = sent->tag;
    m->comm = sent->comm;
    m->basic = sent->basic;
    m->call = sent->call;
    m->bytes = sent->bytes;
    m->pc = sent->pc;
    m->number = tail;
    atomic_store_explicit(&m->state, MESSAGE_FLYING, memory_order_release);
    atomic_store_explicit(&slot->sent_tail, tail + 1, memory_order_release);
    if (self.apart) // nobody will say here that it has come
        apart_sent(m, false);
    else if (self.trace)
        trace_sent(m);
    return (int64_t)tail;
}

int64_t message_push(enum board_call call, const struct comm *comm, int to, int tag, int count,
                     MPI_Datatype type, uint64_t pc) {
    const struct type *const t = type_of(type);
    if (count < 0)
        return -1;
    return push(&(struct board_message){.to = comm_world(comm, to),
                                        .tag = tag,
                                        .comm = comm->id,
                                        .basic = t->basic,
                                        .call = call,
                                        .bytes = (uint64_t)count * (uint64_t)t->size,
                                        .pc = pc});
}

int64_t message_started(const struct board_asked *asked) {
    return push(&(struct board_message){.to = asked->peer,
                                        .tag = asked->tag,
                                        .comm = asked->comm,
                                        .basic = asked->basic,
                                        .call = asked->call,
                                        .bytes = asked->bytes,
                                        .pc = asked->pc});
}

void asked_of_slot(struct board_asked *asked, int count, MPI_Datatype type) {
    const struct board_slot *const slot = self.slot;
    const struct type *const t = type_of(type);
    *asked = (struct board_asked){.call = slot->call,
                                  .peer = slot->peer,
                                  .tag = slot->tag,
                                  .comm = slot->comm,
                                  .basic = t->basic,
                                  .bytes = (uint64_t)(count > 0 ? count : 0) * (uint64_t)t->size,
                                  .pc = slot->pc,
                                  .order = slot->order,
                                  .sent = slot->mail,
                                  .root = -1};
}

void message_failed(int64_t number) {
    if (number < 0)
        return;
    struct board_message *const m = &self.slot->sent[board_place((uint64_t)number)];
    atomic_store(&m->state, MESSAGE_TAKEN);
    if (self.apart)
        apart_sent(m, true);
}

// What stands at the place of a rank's message number i.
enum found { NOT_YET, PASSED, OTHERS, MINE };
static enum found look(const struct board_message *m, uint64_t i) {
    const uint32_t state = atomic_load_explicit(&m->state, memory_order_acquire);
    const uint64_t number = m->number;
    const int32_t to = m->to;
    atomic_thread_fence(memory_order_acquire);
    if (state == MESSAGE_FREE || state != atomic_load_explicit(&m->state, memory_order_relaxed) ||
        number < i)
        return NOT_YET;
    if (number > i || state == MESSAGE_TAKEN || state == MESSAGE_HELD)
        return PASSED;
    return to == self.rank ? MINE : OTHERS;
}

static uint64_t first[BOARD_RANKS]; // by rank: what is before was received, or is for others

// The message from that rank to this one that is still flying, behind `skip` others like it. NULL:
// it was not followed.
static struct board_message *flying(int from, uint32_t comm, int tag, int skip) {
    struct board_slot *const slot = &self.board->slots[from];
    bool all_passed = true;
    for (uint64_t i = first[from];; i++) {
        struct board_message *const m = &slot->sent[board_place(i)];
        const enum found found = look(m, i);
        if (found == NOT_YET || i - first[from] > BOARD_SENT)
            return NULL;
        all_passed = all_passed && found != MINE;
        if (all_passed)
            first[from] = i + 1;
        if (found == MINE && m->comm == comm && m->tag == tag && skip-- == 0)
            return m;
    }
}

// The message that such a receive of this rank was met by. NULL: it was not followed. *sure: where some
// of a rank's messages are not followed, or a receive from anyone is under way, it may be another one.
static struct board_message *met_by(const struct board_asked *asked, int from, int tag,
                                    bool *sure) {
    const int before = from < 0 ? 0 : requests_before(asked->order, from, tag, asked->comm);
    struct board_message *const m =
        from < 0 ? NULL : flying(from, asked->comm, tag, before > 0 ? before : 0);
    // (Of several threads that receive the same kind at once, another may have been first; so may
    // another have sent first.)
    *sure = m && before >= 0 && !atomic_load(&self.board->slots[from].lost) &&
            !atomic_load(&self.slot->lost) && !self.several &&
            atomic_load(&self.board->slots[from].many) < MANY_CALL;
    return m;
}

static void compare(const struct board_asked *asked, int from, const struct board_message *m) {
    if (basics_fit(asked->basic, m->basic) || !m->bytes || !asked->bytes)
        return;
    struct board_find *const find = find_add(RULE_TYPE, asked->pc, m->pc);
    if (!find)
        return;
    find->call = asked->call;
    find->other = from;
    find->other_call = m->call;
    find->n[0] = asked->basic;
    find->n[1] = m->basic;
}

void message_taken(const struct board_asked *asked, int from, int tag) {
    if (self.apart) {
        apart_taken(asked, from, tag);
        return;
    }
    bool sure;
    struct board_message *const m = met_by(asked, from, tag, &sure);
    if (!m)
        return;
    if (sure)
        compare(asked, from, m);
    if (self.trace)
        trace_taken(from, m);
    if (self.several)
        thread_took(m);
    if (m->number == first[from])
        first[from]++;
    atomic_store_explicit(&m->state, MESSAGE_TAKEN, memory_order_release);
}

void message_taken_later(const struct board_asked *asked, int from, int tag) {
    struct board_slot *const slot = self.slot;
    if (self.trace || self.apart || self.level == LEVEL_MULTIPLE || from < 0) {
        message_taken(asked, from, tag);
        return;
    }
    if (self.due == BOARD_DUE)
        messages_settle_now();
    slot->due[self.due] = (struct board_due){.from = from,
                                             .tag = tag,
                                             .comm = asked->comm,
                                             .basic = asked->basic,
                                             .call = asked->call,
                                             .bytes = asked->bytes,
                                             .pc = asked->pc,
                                             .order = asked->order};
    atomic_store_explicit(&slot->due_count, (uint32_t)++self.due, memory_order_release);
}

void messages_settle_now(void) {
    struct board_slot *const slot = self.slot;
    const int count = self.due;
    self.due = 0;
    for (int i = 0; i < count; i++) {
        const int from = slot->due[i].from;
        __builtin_prefetch(&self.board->slots[from].sent[board_place(first[from] + (uint64_t)i)],
                           1);
    }
    for (int i = 0; i < count; i++) {
        const struct board_due *const due = &slot->due[i];
        const struct board_asked asked = {.call = due->call,
                                          .comm = due->comm,
                                          .basic = due->basic,
                                          .bytes = due->bytes,
                                          .pc = due->pc,
                                          .order = due->order};
        message_taken(&asked, due->from, due->tag);
    }
    atomic_store_explicit(&slot->due_count, 0, memory_order_release);
}

void message_probed(const struct board_asked *asked, int from, int tag) {
    bool sure;
    const struct board_message *const m = met_by(asked, from, tag, &sure);
    if (m && requests_before(asked->order, from, tag, asked->comm) >= 0 &&
        !atomic_load(&self.slot->lost) && !atomic_load(&self.board->slots[from].lost))
        thread_probed(m, from);
}

// -- matched probes ----------------------------------------------------------------------------------

// Messages that this rank holds.
static struct {
    uint64_t handle;
    struct board_message *message; // NULL: free
    int from;
    bool sure;
} held[64];

void message_held(const struct board_asked *asked, int from, int tag, uint64_t handle) {
    if (self.apart) {
        apart_taken(asked, from, tag);
        return;
    }
    bool sure;
    struct board_message *const m = met_by(asked, from, tag, &sure);
    if (!m)
        return;
    if (self.trace)
        trace_taken(from, m);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (!held[i].message) {
            held[i].handle = handle;
            held[i].message = m;
            held[i].from = from;
            held[i].sure = sure;
            atomic_store_explicit(&m->state, MESSAGE_HELD, memory_order_release);
            return;
        }
    atomic_store_explicit(&m->state, MESSAGE_TAKEN, memory_order_release); // not followed
}

void message_received(const struct board_asked *asked, uint64_t handle) {
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (held[i].message && held[i].handle == handle) {
            if (held[i].sure)
                compare(asked, held[i].from, held[i].message);
            atomic_store_explicit(&held[i].message->state, MESSAGE_TAKEN, memory_order_release);
            held[i].message = NULL;
            return;
        }
}
