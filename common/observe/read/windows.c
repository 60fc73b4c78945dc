// SPDX-License-Identifier: MIT
//
// windows.c: what was found wrong in one-sided communication, in sentences.

#include "finds.h"

// "rank 0 calls MPI_Put at mpi.c:12".
static void say_call(const struct group *g, struct evidence *e) {
    say_ranks(e->text, sizeof e->text, g->ranks, g->count);
    add(e->text, sizeof e->text, " call%s %s", g->count == 1 ? "s" : "",
        board_call_name(g->find->call));
    place_say(e->text, sizeof e->text, &g->place);
}

// " for the window of rank 2", or nothing where it is for all.
static void say_whose(const struct group *g, struct evidence *e) {
    if (g->find->other >= 0)
        add(e->text, sizeof e->text, " for the memory of rank %d", g->find->other);
}

void no_epoch(const struct group *g, struct evidence *e) {
    say_call(g, e);
    say_whose(g, e);
    add(e->text, sizeof e->text,
        ", but has begun no epoch in which that memory may be reached: nothing says when the "
        "access may happen and when it is over.");
    add(e->advice, sizeof e->advice,
        "Put it between two MPI_Win_fence, which all ranks call; or between MPI_Win_lock and "
        "MPI_Win_unlock of that rank; or between MPI_Win_start, with that rank in its group, and "
        "MPI_Win_complete.");
}

void locked_twice(const struct group *g, struct evidence *e) {
    const struct place first = place_find(g->slot, g->find->pc2);
    say_call(g, e);
    say_whose(g, e);
    add(e->text, sizeof e->text, ", which it has locked already");
    place_say(e->text, sizeof e->text, &first);
    add(e->text, sizeof e->text, ": MPI refuses that, or the rank waits for itself.");
    add(e->advice, sizeof e->advice,
        "Call MPI_Win_unlock before the next MPI_Win_lock of the same rank; to see what has "
        "arrived "
        "in between, MPI_Win_flush is enough.");
}

void not_locked(const struct group *g, struct evidence *e) {
    say_call(g, e);
    say_whose(g, e);
    add(e->text, sizeof e->text, ", which it has not locked.");
    add(e->advice, sizeof e->advice,
        "Each MPI_Win_unlock ends one MPI_Win_lock of the same rank and window, MPI_Win_unlock_all "
        "one MPI_Win_lock_all, and MPI_Win_flush works only in between. Is the rank the same in "
        "both?");
}

void epoch_order(const struct group *g, struct evidence *e) {
    static const struct {
        const char *text, *advice;
    } orders[] = {
        [EPOCH_START_TWICE] = {", but the MPI_Win_start before has not been completed.",
                               "Call MPI_Win_complete before the next MPI_Win_start."},
        [EPOCH_POST_TWICE] = {", but the MPI_Win_post before has not been waited for.",
                              "Call MPI_Win_wait before the next MPI_Win_post."},
        [EPOCH_COMPLETE_ALONE] = {", but there was no MPI_Win_start.",
                                  "The rank that reaches into others' memory calls MPI_Win_start "
                                  "and MPI_Win_complete, the one whose memory it is MPI_Win_post "
                                  "and MPI_Win_wait."},
        [EPOCH_WAIT_ALONE] = {", but there was no MPI_Win_post.",
                              "The rank whose memory is reached calls MPI_Win_post and "
                              "MPI_Win_wait, the one that reaches into it MPI_Win_start and "
                              "MPI_Win_complete."},
        [EPOCH_LOCK_ALL_MIXED] = {
            ", but the window is locked already, by the other of MPI_Win_lock "
            "and MPI_Win_lock_all or by the same.",
            "Lock either one rank after the other or all at once, and unlock "
            "before the next lock."}};
    const size_t order = (size_t)g->find->n[0];
    if (order >= sizeof orders / sizeof *orders)
        return;
    say_call(g, e);
    add(e->text, sizeof e->text, "%s", orders[order].text);
    add(e->advice, sizeof e->advice, "%s", orders[order].advice);
}

void epoch_open(const struct group *g, struct evidence *e) {
    const struct place begun = place_find(g->slot, g->find->pc2);
    say_call(g, e);
    add(e->text, sizeof e->text, " while what it began");
    place_say(e->text, sizeof e->text, &begun);
    add(e->text, sizeof e->text,
        " is not over: its accesses may not have reached the other rank, or never do.");
    add(e->advice, sizeof e->advice,
        "End the epoch first: MPI_Win_fence after the last access, MPI_Win_unlock for each "
        "MPI_Win_lock, MPI_Win_complete for MPI_Win_start, MPI_Win_wait for MPI_Win_post.");
}

void beyond(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    say_call(g, e);
    add(e->text, sizeof e->text,
        " for the bytes from %lld to before %lld in the memory of rank %d, whose window has %lld "
        "bytes.",
        (long long)f->n[0], (long long)f->n[1], f->other, (long long)f->n[2]);
    add(e->advice, sizeof e->advice,
        "The offset counts in the unit that the other rank gave to MPI_Win_create (often the size "
        "of an item), and its window may be shorter than one's own: print both.");
}

static const char *use_words(int64_t use) {
    return use == ACCESS_LOAD         ? "reads"
           : use == ACCESS_STORE      ? "writes"
           : use == ACCESS_GET        ? "reads"
           : use == ACCESS_PUT        ? "writes"
           : use == ACCESS_ACCUMULATE ? "updates"
                                      : "touches";
}

// Its own code, or a call.
static void say_means(struct evidence *e, uint32_t call, const struct place *place) {
    const bool own = call == CALL_Win_fence || call == CALL_Win_wait || call == CALL_Win_test;
    add(e->text, sizeof e->text, own ? " in its own code before %s" : " with %s",
        board_call_name(call));
    place_say(e->text, sizeof e->text, place);
}

void conflict(const struct group *g, struct evidence *e) {
    const struct board_find *const f = g->find;
    const int ranks[2] = {g->ranks[0], f->other};
    const uint32_t calls[2] = {f->call, f->other_call};
    const int64_t uses[2] = {f->n[2], f->n[3]};
    const int first = g->turned, second = !first;
    e->rank = ranks[first];
    add(e->text, sizeof e->text, "rank %d %s memory of rank %lld", ranks[first],
        use_words(uses[first]), (long long)f->n[1]);
    say_means(e, calls[first], &g->place);
    add(e->text, sizeof e->text, ", rank %d %s %lld of the same bytes", ranks[second],
        use_words(uses[second]), (long long)f->n[0]);
    say_means(e, calls[second], &g->other);
    add(e->text, sizeof e->text,
        ", and nothing says which comes first: what is there at the end is a matter of luck.");
    add(e->advice, sizeof e->advice, "%s",
        ranks[0] == ranks[1]
            ? "End the epoch between the two (another MPI_Win_fence, or MPI_Win_unlock and "
              "MPI_Win_lock), or call MPI_Win_flush under a lock; or give each its own place."
            : "Give each rank its own place there; or let an MPI_Win_fence or a barrier stand "
              "between the two, after MPI_Win_unlock or MPI_Win_flush; or take an exclusive lock; "
              "or use MPI_Accumulate, whose updates do not disturb each other.");
}
