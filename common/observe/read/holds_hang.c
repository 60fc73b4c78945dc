// SPDX-License-Identifier: MIT
//
// holds_hang.c: why the threads of a process hang, in words.

#include "holds_parts.h"
#include <stdio.h>
#include <string.h>

enum { SHOWN = 6, TEXT = 400 };

static const char *call_of(const struct hold_at *at) {
    static const char *const calls[] = {[HOLD_NONE] = "",
                                        [HOLD_BARRIER] = "barrier",
                                        [HOLD_TASKS] = "taskwait",
                                        [HOLD_CRITICAL] = "critical",
                                        [HOLD_LOCK] = "omp_set_lock",
                                        [HOLD_ORDERED] = "ordered",
                                        [HOLD_END] = "barrier"};
    return at->wait <= HOLD_END ? calls[at->wait] : "";
}

static bool say_self(const struct holds *holds, int i, struct findings *findings) {
    const struct hold_slot *const slot = &holds->slots[i];
    const struct hold_lock *const lock = holds_lock(holds, slot->at.what);
    char what[160], since[192], here[192], outer[192];
    struct evidence *const e =
        holds_finding(holds, "deadlock", call_of(&slot->at), slot->number, slot->at.pc, findings);
    if (!e || !lock)
        return e;
    const struct place place = holds_place(holds, lock->pc);
    e->other = place.line;
    holds_what(holds, &slot->at, what, sizeof what);
    holds_line(holds, lock->pc, since, sizeof since);
    holds_line(holds, slot->at.pc, here, sizeof here);
    if (slot->outer.wait != HOLD_NONE && slot->outer.wait != HOLD_END) {
        holds_line(holds, slot->outer.pc, outer, sizeof outer);
        add(e->text, sizeof e->text,
            "thread %d waits at %s for %s, which it has held since %s itself: it waits for its "
            "tasks at %s, has begun one of them meanwhile, and that one asks for what the thread "
            "holds.",
            slot->number, here, what, since, outer);
        add(e->advice, sizeof e->advice,
            "Leave the critical section or unset the lock before the wait for tasks: a thread that "
            "waits runs other tasks, and they may need it.");
    } else if (slot->at.wait == HOLD_CRITICAL) {
        add(e->text, sizeof e->text,
            "thread %d waits at %s to enter %s, in which it already is, since %s: it waits for "
            "itself, for ever.",
            slot->number, here, what, since);
        add(e->advice, sizeof e->advice,
            "A critical section must not lie inside one of the same name, not in a function that "
            "is called from there either (all without a name have the same): give the inner one a "
            "name of its own, or take it out.");
    } else {
        add(e->text, sizeof e->text,
            "thread %d waits at %s for %s, which it has set itself at %s: nobody else will unset "
            "it, so it waits for ever.",
            slot->number, here, what, since);
        add(e->advice, sizeof e->advice,
            "Unset the lock before it is set again, also on the way out of a loop or function; "
            "where a function that sets it is called with it set, use omp_nest_lock_t and "
            "omp_set_nest_lock.");
    }
    return true;
}

static bool say_circle(const struct holds *holds, int first, struct findings *findings) {
    const struct hold_slot *const begin_at = &holds->slots[first];
    struct evidence *const e = holds_finding(holds, "deadlock", call_of(&begin_at->at),
                                             begin_at->number, begin_at->at.pc, findings);
    if (!e)
        return false;
    int count = 0, at = first;
    do {
        const int next = holds_holder(holds, &holds->slots[at].at);
        const struct hold_slot *const slot = &holds->slots[at];
        const struct hold_lock *const lock = holds_lock(holds, slot->at.what);
        char does[TEXT], since[192];
        if (next < 0 || !lock)
            break;
        const struct place place = holds_place(holds, slot->at.pc);
        e->other = count == 1 ? place.line : e->other;
        holds_does(holds, slot, does, sizeof does);
        holds_line(holds, lock->pc, since, sizeof since);
        if (count < SHOWN)
            add(e->text, sizeof e->text, "%sthread %d %s, which thread %d has held since %s",
                count ? "; " : "", slot->number, does, holds->slots[next].number, since);
        at = next;
        count++;
    } while (at != first && count < HOLDS_THREADS);
    add(e->text, sizeof e->text, ": a circle of %d, each waits for the next.", count);
    add(e->advice, sizeof e->advice,
        "Take locks and critical sections in the same order everywhere (by index or address, for "
        "example), or hold only one at a time.");
    return true;
}

// A thread waits for what another holds that does not wait for a lock, and will not go on.
static bool say_kept(const struct holds *holds, int i, int holder, struct findings *findings) {
    const struct hold_slot *const slot = &holds->slots[i], *const other = &holds->slots[holder];
    const struct hold_lock *const lock = holds_lock(holds, slot->at.what);
    char does[TEXT], others[TEXT], since[192];
    struct evidence *const e =
        holds_finding(holds, "deadlock", call_of(&slot->at), slot->number, slot->at.pc, findings);
    if (!e || !lock)
        return e;
    const struct place place = holds_place(holds, lock->pc);
    e->other = place.line;
    holds_does(holds, slot, does, sizeof does);
    holds_does(holds, other, others, sizeof others);
    holds_line(holds, lock->pc, since, sizeof since);
    add(e->text, sizeof e->text,
        "thread %d %s; thread %d has held it since %s and %s without letting it go.", slot->number,
        does, lock->number, since, others);
    add(e->advice, sizeof e->advice,
        other->at.wait == HOLD_BARRIER || other->at.wait == HOLD_TASKS
            ? "Unset a lock, or leave a critical section, before a barrier or a wait for tasks: "
              "the "
              "others need it to get there."
            : "Unset the lock on every way out of the code that sets it: before each return, break "
              "and continue.");
    return true;
}

// "thread 0 waits .. (and so do threads 1, 2)" of all that do the same as the first; marks them as
// said.
static void say_group(const struct holds *holds, int first, const bool *stuck, bool *said,
                      char *text, size_t cap) {
    const int count = (int)atomic_load(&holds->threads);
    int numbers[HOLDS_THREADS], same = 0;
    char does[TEXT], other[TEXT];
    holds_does(holds, &holds->slots[first], does, sizeof does);
    for (int i = first + 1; i < count && i < HOLDS_THREADS; i++) {
        if (said[i] || !stuck[i] || holds->slots[i].team != holds->slots[first].team)
            continue;
        holds_does(holds, &holds->slots[i], other, sizeof other);
        if (strcmp(does, other) != 0)
            continue;
        said[i] = true;
        numbers[same++] = holds->slots[i].number;
    }
    add(text, cap, "thread %d %s", holds->slots[first].number, does);
    holds_alike(text, cap, numbers, same);
}

// Of several waits, the one to begin with: what others wait for.
static int rank_of(uint32_t wait) {
    return wait == HOLD_TASKS ? 2 : wait != HOLD_END;
}

// Nobody waits for a lock of another: barriers that not all meet, tasks that never end.
static void say_all(const struct holds *holds, const bool *stuck, struct findings *findings) {
    const int count = (int)atomic_load(&holds->threads);
    bool said[HOLDS_THREADS] = {false}, barrier = false, elsewhere = false, tasks = false,
         some = false;
    int first = -1;
    for (int i = 0; i < count && i < HOLDS_THREADS; i++) {
        const uint32_t wait = holds->slots[i].at.wait;
        if (!stuck[i])
            continue;
        barrier = barrier || wait == HOLD_BARRIER;
        tasks = tasks || wait == HOLD_TASKS;
        elsewhere = elsewhere || wait == HOLD_END;
        if (first < 0 || rank_of(wait) > rank_of(holds->slots[first].at.wait))
            first = i;
    }
    const struct hold_slot *const slot = &holds->slots[first];
    struct evidence *const e = holds_finding(holds, "deadlock", call_of(&slot->at), slot->number,
                                             slot->at.pc ? slot->at.pc : slot->region, findings);
    if (!e)
        return;
    for (int i = 0; i < count && i < HOLDS_THREADS; i++)
        if (stuck[i] && !said[i]) {
            const struct place place =
                holds_place(holds, holds->slots[i].at.wait == HOLD_END ? holds->slots[i].region
                                                                       : holds->slots[i].at.pc);
            if (!e->other && place.line != e->line)
                e->other = place.line;
            if (some)
                add(e->text, sizeof e->text, "; ");
            some = true;
            say_group(holds, i, stuck, said, e->text, sizeof e->text);
        }
    add(e->text, sizeof e->text, ": nobody is left who could go on.");
    add(e->advice, sizeof e->advice,
        barrier && elsewhere && !tasks
            ? "A barrier must be met by all threads of the team or by none (that of a loop, of "
              "single and of sections, too): take it out of the if, loop or function that only "
              "some threads reach."
        : tasks
            ? "A wait for tasks ends when all of them have: is an event of a detached task never "
              "fulfilled (omp_fulfill_event), or does a task wait for what comes after it?"
            : "All threads of a team must meet the same barriers, loops and singles, as often and "
              "in the same order.");
}

void holds_hang_say(const struct holds *holds, const bool *stuck, struct findings *findings) {
    const int count = (int)atomic_load(&holds->threads);
    for (int i = 0; i < count && i < HOLDS_THREADS; i++)
        if (stuck[i] && holds_holder(holds, &holds->slots[i].at) == i) {
            say_self(holds, i, findings);
            return;
        }
    for (int i = 0; i < count && i < HOLDS_THREADS; i++)
        if (stuck[i] && holds_circle(holds, i)) {
            say_circle(holds, i, findings);
            return;
        }
    for (int i = 0; i < count && i < HOLDS_THREADS; i++) {
        const int holder = stuck[i] ? holds_holder(holds, &holds->slots[i].at) : -1;
        if (holder >= 0 && holds_holder(holds, &holds->slots[holder].at) < 0) {
            say_kept(holds, i, holder, findings);
            return;
        }
    }
    say_all(holds, stuck, findings);
}
