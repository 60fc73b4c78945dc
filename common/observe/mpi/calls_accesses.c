// SPDX-License-Identifier: MIT
//
// calls_accesses.c: one-sided communication: reaching into others' memory.

#include "windows.h"

#define LIST(...) __VA_ARGS__ // many arguments, handed on as one

struct access {
    enum board_use use;
    bool request;
    const void *out; // what is read here; NULL: nothing
    int n;
    MPI_Datatype type;
    void *in; // what is written here; NULL: nothing
    int inn;
    MPI_Datatype intype;
    int rank; // whose window
    MPI_Aint at;
    int ton;
    MPI_Datatype totype;
};

// A buffer of this rank that the access uses until its epoch or a flush ends.
static void local_buffer(const struct window *w, int target, const void *buf, int n,
                         MPI_Datatype type, bool written) {
    const struct type *const t = type_of(buf ? type : MPI_DATATYPE_NULL);
    uint64_t low = 0;
    if (n <= 0 || !t->plain || !t->size)
        return;
    const struct buffer b = {.at = buf,
                             .bytes = (uint64_t)n * (uint64_t)t->size,
                             .written = written,
                             .call = self.slot->call,
                             .pc = self.slot->pc,
                             .key = w->key,
                             .target = target};
    buffer_lend(&b);
    struct window *const own = window_at(buf, b.bytes, &low);
    if (own)
        access_note(own, written ? ACCESS_STORE : ACCESS_LOAD, MODE_OWN, self.rank, low,
                    low + b.bytes, t->basic, true);
}

// Is it within the other's memory? Notes which bytes it reaches. False: it could not be noted.
static bool far_bytes(const struct window *w, const struct access *a, int target,
                      enum board_mode mode) {
    const struct type *const t = type_of(a->totype);
    const uint64_t size = w->shown->size[target], unit = w->shown->unit[target];
    if (!size || a->ton <= 0 || !t->size || t->extent < 0)
        return a->ton == 0; // not known, or nothing
    const int64_t start = (int64_t)a->at * (int64_t)unit;
    const int64_t low = start + t->low;
    const int64_t high = start + (a->ton - 1) * t->extent + t->high;
    if (low < 0 || (uint64_t)high > size - 1) {
        struct board_find *const find = find_add(RULE_BEYOND, self.slot->pc, 0);
        if (find) {
            find->other = target;
            find->n[0] = low;
            find->n[1] = high;
            find->n[2] = (int64_t)size - 1;
        }
        return false;
    }
    // Of a type with gaps it is not known which bytes are meant.
    if (t->plain)
        access_note(w, a->use, mode, target, (uint64_t)low, (uint64_t)high, t->basic, a->request);
    return t->plain;
}

// An access is about to be called.
static void access_enter(enum board_call call, const struct access *a, MPI_Win win, uint64_t pc) {
    call_note(call, pc);
    struct window *const w = window_shown(win);
    if (!w)
        return;
    struct board_slot *const slot = self.slot;
    slot->said_peer = a->rank;
    const int target = window_target(w, a->rank);
    if (target < 0 || a->n < 0)
        return;
    slot->comm = w->comm->id;
    slot->peer = target;
    if (self.unreleased)
        accesses_released();
    const enum board_mode mode = window_mode(w, target, call, pc);
    if (mode == MODE_NONE || !far_bytes(w, a, target, mode))
        atomic_store(&w->shown->blurred, 1);
    if (mode == MODE_NONE)
        return;
    if (!a->request) {
        local_buffer(w, target, a->out, a->n, a->type, false);
        local_buffer(w, target, a->in, a->inn, a->intype, true);
    }
    self.fetched = self.fetched || a->in;
}

// One that gives a request: the buffers are that request's. Several buffers are not looked at.
static void access_request(const struct access *a, MPI_Win win, const MPI_Request *request) {
    const void *const buf = a->out && a->in ? NULL : a->out ? a->out : a->in;
    const struct type *const t = type_of(a->out ? a->type : a->intype);
    const int n = a->out ? a->n : a->inn;
    const struct board_asked asked = {.call = self.slot->call,
                                      .peer = self.slot->peer,
                                      .pc = self.slot->pc,
                                      .bytes = (uint64_t)(n > 0 ? n : 0) * (uint64_t)t->size,
                                      .sent = -1,
                                      .root = -1};
    request_add(request, MPI_COMM_NULL, &asked, t->plain ? buf : NULL, false);
    const struct window *const w = window_shown(win);
    if (w)
        request_of_window(w->key, self.slot->peer);
}

#define ACCESS(name, rname, kind, params, args, ...) \
    int MPI_##name(params, MPI_Win win) { \
        ENTER(name, PMPI_##name(args, win)); \
        const struct access access = {.use = kind, __VA_ARGS__}; \
        access_enter(CALL_##name, &access, win, HERE); \
        return PMPI_##name(args, win); \
    } \
    int MPI_##rname(params, MPI_Win win, MPI_Request *request) { \
        ENTER(rname, PMPI_##rname(args, win, request)); \
        const struct access access = {.use = kind, .request = true, __VA_ARGS__}; \
        access_enter(CALL_##rname, &access, win, HERE); \
        const int error = PMPI_##rname(args, win, request); \
        if (self.slot && error == MPI_SUCCESS) \
            access_request(&access, win, request); \
        return error; \
    }
ACCESS(Put, Rput, ACCESS_PUT,
       LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
            MPI_Datatype totype),
       LIST(buf, n, type, to, at, ton, totype), .out = buf, .n = n, .type = type, .rank = to,
       .at = at, .ton = ton, .totype = totype)
ACCESS(Get, Rget, ACCESS_GET,
       LIST(void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton, MPI_Datatype totype),
       LIST(buf, n, type, to, at, ton, totype), .in = buf, .inn = n, .intype = type, .rank = to,
       .at = at, .ton = ton, .totype = totype)
ACCESS(Accumulate, Raccumulate, ACCESS_ACCUMULATE,
       LIST(const void *buf, int n, MPI_Datatype type, int to, MPI_Aint at, int ton,
            MPI_Datatype totype, MPI_Op op),
       LIST(buf, n, type, to, at, ton, totype, op), .out = buf, .n = n, .type = type, .rank = to,
       .at = at, .ton = ton, .totype = totype)
ACCESS(Get_accumulate, Rget_accumulate, ACCESS_ACCUMULATE,
       LIST(const void *buf, int n, MPI_Datatype type, void *in, int inn, MPI_Datatype intype,
            int to, MPI_Aint at, int ton, MPI_Datatype totype, MPI_Op op),
       LIST(buf, n, type, in, inn, intype, to, at, ton, totype, op),
       .out = op == MPI_NO_OP ? NULL : buf, .n = n, .type = type, .in = in, .inn = inn,
       .intype = intype, .rank = to, .at = at, .ton = ton, .totype = totype)

int MPI_Fetch_and_op(const void *buf, void *in, MPI_Datatype type, int to, MPI_Aint at, MPI_Op op,
                     MPI_Win win) {
    ENTER(Fetch_and_op, PMPI_Fetch_and_op(buf, in, type, to, at, op, win));
    const struct access access = {.use = ACCESS_ACCUMULATE,
                                  .out = op == MPI_NO_OP ? NULL : buf,
                                  .n = 1,
                                  .type = type,
                                  .in = in,
                                  .inn = 1,
                                  .intype = type,
                                  .rank = to,
                                  .at = at,
                                  .ton = 1,
                                  .totype = type};
    access_enter(CALL_Fetch_and_op, &access, win, HERE);
    return PMPI_Fetch_and_op(buf, in, type, to, at, op, win);
}

int MPI_Compare_and_swap(const void *buf, const void *compare, void *in, MPI_Datatype type, int to,
                         MPI_Aint at, MPI_Win win) {
    ENTER(Compare_and_swap, PMPI_Compare_and_swap(buf, compare, in, type, to, at, win));
    const struct access access = {.use = ACCESS_ACCUMULATE,
                                  .out = buf,
                                  .n = 1,
                                  .type = type,
                                  .in = in,
                                  .inn = 1,
                                  .intype = type,
                                  .rank = to,
                                  .at = at,
                                  .ton = 1,
                                  .totype = type};
    access_enter(CALL_Compare_and_swap, &access, win, HERE);
    return PMPI_Compare_and_swap(buf, compare, in, type, to, at, win);
}
