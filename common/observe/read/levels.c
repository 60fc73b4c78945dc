// SPDX-License-Identifier: MIT
//
// levels.c: threads that call MPI where the level that was granted does not allow it, or in a way that
// no level allows, in sentences.

#include "finds.h"

static const char *level_name(int64_t level) {
    return level == LEVEL_SINGLE       ? "MPI_THREAD_SINGLE (as by MPI_Init)"
           : level == LEVEL_FUNNELED   ? "MPI_THREAD_FUNNELED"
           : level == LEVEL_SERIALIZED ? "MPI_THREAD_SERIALIZED"
                                       : "MPI_THREAD_MULTIPLE";
}

void other_thread(const struct group *g, struct evidence *e) {
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": %s", board_call_name(g->find->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text,
        " is called by another thread than the one that began MPI, but MPI granted %s: only that "
        "thread may call it.",
        level_name(g->find->n[0]));
    add(e->advice, sizeof e->advice,
        "Let the main thread make the calls (#pragma omp master), or ask for MPI_THREAD_SERIALIZED "
        "(one thread at a time) or MPI_THREAD_MULTIPLE with MPI_Init_thread, and look at what it "
        "provides.");
}

void two_threads(const struct group *g, struct evidence *e) {
    const struct place other = place_find(g->slot, g->find->pc2);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": a thread calls %s", board_call_name(g->find->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " while another is in %s", board_call_name(g->find->other_call));
    place_say(e->text, sizeof e->text, &other);
    add(e->text, sizeof e->text,
        ", but MPI granted %s: one call at a time. What MPI keeps of messages and requests may be "
        "damaged.",
        level_name(g->find->n[0]));
    add(e->advice, sizeof e->advice,
        "Put the calls of all threads into one #pragma omp critical(mpi) or behind one lock; or "
        "ask "
        "for MPI_THREAD_MULTIPLE with MPI_Init_thread, and look at what it provides.");
}

void same_comm(const struct group *g, struct evidence *e) {
    const uint32_t calls[2] = {g->find->call, g->find->other_call};
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": a thread calls %s", board_call_name(calls[g->turned]));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text, " and another calls %s", board_call_name(calls[!g->turned]));
    place_say(e->text, sizeof e->text, &g->other);
    add(e->text, sizeof e->text,
        " before that is over, both in the same communicator. Collectives of one communicator are "
        "told apart by their order alone, and nothing says which of these two comes first.");
    add(e->advice, sizeof e->advice,
        "Give each thread a communicator of its own, made with MPI_Comm_dup before the threads "
        "begin; or let one thread make all collective calls (#pragma omp master).");
}

void probe_taken(const struct group *g, struct evidence *e) {
    const struct place probe = place_find(g->slot, g->find->pc2);
    const struct place taken = place_find(g->slot, (uint64_t)g->find->n[0]);
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, ": a thread was told of a message by the probe");
    place_say(e->text, sizeof e->text, &probe);
    add(e->text, sizeof e->text, " and asks for it with %s", board_call_name(g->find->call));
    place_say(e->text, sizeof e->text, &g->place);
    add(e->text, sizeof e->text,
        ", but another thread, which was told of it too, has received it with %s",
        board_call_name(g->find->other_call));
    place_say(e->text, sizeof e->text, &taken);
    add(e->text, sizeof e->text,
        ". This one waits for a message that may never come, or receives another, which may be "
        "longer than it was told.");
    add(e->advice, sizeof e->advice,
        "Use MPI_Mprobe and MPI_Mrecv: that probe takes the message out of the others' reach. Or "
        "give each thread a tag or a communicator of its own, or put probe and receive into one "
        "#pragma omp critical.");
}
