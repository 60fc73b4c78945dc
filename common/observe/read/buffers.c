// SPDX-License-Identifier: MIT
//
// buffers.c: what was found wrong with memory that MPI still uses, in sentences.

#include "finds.h"

void send_changed(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    const struct place done = place_find(g->slot, f->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the buffer that %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " sends is written to before %s", board_call_name(f->other_call));
    place_say(e->text, sizeof e->text, &done);
    add(e->text, sizeof e->text,
        " has said that it is sent: the old values may arrive, or the new ones.");
    add(e->advice, sizeof e->advice,
        "Wait for the request before the buffer is used again, or send from one buffer and write "
        "to "
        "another.");
}

void overlap(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    const struct place other = place_find(g->slot, f->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the buffers of %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " and of %s", board_call_name(f->other_call));
    place_say(e->text, sizeof e->text, &other);
    add(e->text, sizeof e->text,
        ", which is still under way, share %lld bytes: which message ends up there is a matter of "
        "luck.",
        (long long)f->n[0]);
    add(e->advice, sizeof e->advice,
        "Give each receive memory of its own until it is complete; look at the index, and at the "
        "count, which is in items, not in bytes.");
}

void touched(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    const struct place other = place_find(g->slot, f->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " %s memory that %s", f->n[1] ? "writes to" : "reads",
        board_call_name(f->other_call));
    place_say(e->text, sizeof e->text, &other);
    add(e->text, sizeof e->text,
        " still %s (%lld bytes): the old values may be used, or the new ones.",
        f->n[2] ? "writes to" : "reads", (long long)f->n[0]);
    add(e->advice, sizeof e->advice,
        "Complete the first call before (MPI_Wait; MPI_Win_fence, MPI_Win_flush or MPI_Win_unlock "
        "for a one-sided one), or use other memory.");
}

void alias(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the buffer that %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text,
        " reads and the one that it writes share %lld bytes, which MPI forbids: it may write a "
        "result where it has yet to read.",
        (long long)f->n[0]);
    add(e->advice, sizeof e->advice,
        "Give it two buffers. Most collectives also take MPI_IN_PLACE for the one that is sent, "
        "and MPI_Sendrecv_replace works in one buffer.");
}

void no_buffer(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    if (f->n[1] > 0)
        add(e->text, sizeof e->text,
            " needs %lld bytes of an attached buffer, and %lld are attached.", (long long)f->n[0],
            (long long)f->n[1]);
    else
        add(e->text, sizeof e->text, " needs %lld bytes of an attached buffer, and none is.",
            (long long)f->n[0]);
    add(e->text, sizeof e->text,
        " Where it works, the message was short enough to leave at once; a longer one is refused.");
    add(e->advice, sizeof e->advice,
        "Call MPI_Buffer_attach before, with room for all messages that may be on their way, "
        "MPI_BSEND_OVERHEAD more for each.");
}

void out_of_scope(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    const struct place later = place_find(g->slot, f->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the buffer of %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text,
        " is a local variable of a function that has returned before the call is complete (%s",
        board_call_name(f->other_call));
    place_say(e->text, sizeof e->text, &later);
    add(e->text, sizeof e->text,
        " comes later): MPI reads or writes there what other functions now use.");
    add(e->advice, sizeof e->advice,
        "Let the buffer live until MPI_Wait: allocate it (malloc, freed after the wait), make it "
        "static, or let the caller own it.");
}

void receive_written(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    const struct place wait = place_find(g->slot, f->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": the buffer that %s", board_call_name(f->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " receives into is written to before %s",
        board_call_name(f->other_call));
    place_say(e->text, sizeof e->text, &wait);
    add(e->text, sizeof e->text,
        ", while the message has not come: it overwrites these values, or they it.");
    add(e->advice, sizeof e->advice,
        "From MPI_Irecv to MPI_Wait the buffer belongs to MPI: write to it before or after, or use "
        "other memory in between.");
}
