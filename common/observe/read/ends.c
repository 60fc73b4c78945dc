// SPDX-License-Identifier: MIT
//
// ends.c: how the ranks ended, where that is worth a sentence: by a signal, or without
// MPI_Finalize.

#include "reader.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>

static void signal_words(int number, const char **what, const char **advice) {
    *what = "";
    *advice =
        "Run that rank in a debugger, or compile with -g -fsanitize=address, and look at what "
        "this line reads and writes.";
    if (number == SIGSEGV || number == SIGBUS) {
        *what = ": it touched memory that is not its own";
        *advice = "Look at the pointers and indices of this line: was the memory allocated on this "
                  "rank, too, and is it as long as this rank's part needs? Compiling with "
                  "-fsanitize=address names the array.";
    } else if (number == SIGFPE) {
        *what = ": it divided a whole number by zero";
        *advice = "Look at the divisor of this line: is it the number of rows or items of a rank "
                  "that has none?";
    } else if (number == SIGABRT) {
        *what = ": it gave itself up (abort, a failed assert, or a heap found damaged)";
        *advice = "Read what it printed last; a damaged heap means that something was written "
                  "beyond the end of an array before.";
    } else if (number == SIGILL) {
        *what = ": it ran into an instruction that this machine does not have";
    }
}

static void crash(const struct board_slot *slot, int rank, struct findings *findings) {
    struct evidence *const e = findings_add(findings, "crash");
    const char *what, *advice;
    if (!e)
        return;
    const struct place place = place_find(slot, slot->crash_pc);
    const uint64_t seq = atomic_load(&slot->seq);
    e->rank = rank;
    evidence_place(e, &place);
    signal_words(slot->crash_signal, &what, &advice);
    add(e->text, sizeof e->text, "rank %d was ended by SIG%s", rank,
        sigabbrev_np(slot->crash_signal));
    place_say(e->text, sizeof e->text, &place);
    add(e->text, sizeof e->text, "%s.", what);
    if (seq % 2) {
        const struct place call = place_find(slot, slot->pc);
        snprintf(e->call, sizeof e->call, "%s", board_call_name(slot->call));
        add(e->text, sizeof e->text, " It was inside %s", e->call);
        place_say(e->text, sizeof e->text, &call);
        add(e->text, sizeof e->text, ", so a buffer given to that call is at fault.");
    }
    add(e->advice, sizeof e->advice, "%s", advice);
}

void ends_find(const struct watch *watch, struct findings *findings) {
    int left[BOARD_RANKS], count = 0;
    bool all_fine = true;
    for (int rank = 0; rank < (int)watch->board->ranks; rank++) {
        const struct board_slot *const slot = &watch->board->slots[rank];
        const uint32_t state = atomic_load(&slot->state);
        if (state == STATE_SIGNALLED)
            crash(slot, rank, findings);
        if (state == STATE_EXITED)
            left[count++] = rank;
        all_fine =
            all_fine && state != STATE_SIGNALLED && state != STATE_ERROR && state != STATE_ABORTED;
    }
    // After a crash elsewhere the launcher ends the others: that they did not finish is no fault.
    if (!count || !all_fine)
        return;
    struct evidence *const e = findings_add(findings, "misuse");
    if (!e)
        return;
    const struct board_slot *const slot = &watch->board->slots[left[0]];
    e->rank = left[0];
    snprintf(e->call, sizeof e->call, "MPI_Finalize");
    say_ranks(e->text, sizeof e->text, left, count);
    add(e->text, sizeof e->text, " ended without calling MPI_Finalize");
    if (slot->pc) {
        const struct place place = place_find(slot, slot->pc);
        evidence_place(e, &place);
        add(e->text, sizeof e->text, "; the last call of MPI was %s", board_call_name(slot->call));
        place_say(e->text, sizeof e->text, &place);
    }
    add(e->text, sizeof e->text,
        ". The others may wait for it for ever, and messages that are on their way may be lost.");
    add(e->advice, sizeof e->advice,
        "Call MPI_Finalize on every way out of main, also where a rank has nothing to do; where "
        "something is wrong, call MPI_Abort.");
}

// Of a rank in which several threads call MPI, where those are that wait.
static void threads_say(char *text, size_t cap, const struct board_slot *slot) {
    if (atomic_load(&slot->many) == MANY_BEYOND)
        add(text, cap, "has more than %d threads that call MPI, too many to be followed",
            BOARD_THREADS);
    else
        add(text, cap, "has several threads that call MPI");
    for (int i = 0, said = 0; i < BOARD_THREADS && said < 2; i++) {
        const struct board_thread *const thread = &slot->threads[i];
        if (!atomic_load(&thread->tid) || atomic_load(&thread->doing) != THREAD_WAITS)
            continue;
        const struct place place = place_find(slot, thread->at.pc);
        add(text, cap, ", %s in %s", said++ ? "another" : "one was",
            board_call_name(thread->at.call));
        place_say(text, cap, &place);
    }
}

void ranks_say(const struct watch *watch, char *text, size_t cap) {
    enum { SHOWN = 4 };
    const int ranks = (int)watch->board->ranks;
    for (int rank = 0; rank < ranks && rank < SHOWN; rank++) {
        const struct board_slot *const slot = &watch->board->slots[rank];
        const bool inside = atomic_load(&slot->seq) % 2;
        add(text, cap, "%srank %d ", rank ? "; " : "", rank);
        if (atomic_load(&slot->many) >= MANY_CALL) {
            threads_say(text, cap, slot);
        } else if (atomic_load(&slot->state) == STATE_NONE) {
            add(text, cap, "had not reached MPI_Init");
        } else if (!slot->pc) {
            add(text, cap, "was outside MPI");
        } else {
            const struct place place = place_find(slot, slot->pc);
            add(text, cap, inside ? "was in %s" : "was outside MPI, behind %s",
                board_call_name(slot->call));
            place_say(text, cap, &place);
        }
    }
    if (ranks > SHOWN)
        add(text, cap, "; and %d more", ranks - SHOWN);
}
